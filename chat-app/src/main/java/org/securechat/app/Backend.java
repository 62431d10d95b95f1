package org.securechat.app;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.securechat.crypto.AesGcmSecretBox;
import org.securechat.crypto.Argon2PasswordHasher;
import org.securechat.crypto.Argon2Settings;
import org.securechat.crypto.HmacKeyedHash;
import org.securechat.crypto.SamstevensTotpCodes;
import org.securechat.crypto.ServerSecret;
import org.securechat.crypto.SignatureVerifiers;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.ChatStores;
import org.securechat.domain.SecureChat;
import org.securechat.domain.credential.SealedPlace;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.credential.SecretBox;
import org.securechat.domain.event.LocalEventBus;
import org.securechat.domain.identity.RandomSource;
import org.securechat.persistence.JdbiChat;

/**
 * The chat core with its adapters, put together by hand from a configuration; everything of the
 * server but its HTTP side.
 */
final class Backend implements AutoCloseable {
  /** What authenticator applications show beside the code. */
  private static final String TOTP_ISSUER = "Secure Chat";

  private static final SealedPlace SECRET_CHECK = new SealedPlace("secret_check.sealed", "1");

  private final JdbiChat database;
  private final CountedAttempts attempts;
  private final Argon2PasswordHasher passwords;
  private final ChatPorts ports;
  private final SecureChat chat;
  private final String verifierName;

  private Backend(
      JdbiChat database,
      CountedAttempts attempts,
      Argon2PasswordHasher passwords,
      ChatPorts ports,
      SecureChat chat,
      String verifierName) {
    this.database = database;
    this.attempts = attempts;
    this.passwords = passwords;
    this.ports = ports;
    this.chat = chat;
    this.verifierName = verifierName;
  }

  /**
   * Opens the database, brought up to this program's schema, and makes everything around it.
   *
   * @throws ConfigurationException if the set-up does not allow it
   */
  static Backend open(Configuration configuration, Clock clock) {
    // Its native library takes as long to load as the database to open.
    CompletableFuture<SignatureVerifiers.Choice> fastest =
        CompletableFuture.supplyAsync(
            SignatureVerifiers::fastest, task -> Thread.ofPlatform().daemon().start(task));
    RandomSource random = new SystemRandomSource();
    ServerSecret secret =
        ServerSecret.of(
            configuration
                .secretKey()
                .orElseGet(() -> SecretKeys.keptIn(configuration.database().secretFile(), random)));
    SecretBox box = new AesGcmSecretBox(secret.sealingKey(), random);
    JdbiChat database = Databases.open(configuration.database(), clock);
    try {
      requireSameSecret(database, box);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }

    SignatureVerifiers.Choice signatures = fastest.join();
    Argon2PasswordHasher passwords =
        new Argon2PasswordHasher(argon2(configuration), secret.passwordKey(), random);
    ChatStores stores = database.stores();
    CountedAttempts attempts = new CountedAttempts(stores.attempts());
    ChatPorts ports =
        new ChatPorts(
            new ChatStores(
                stores.accounts(),
                stores.secondFactors(),
                stores.registrations(),
                stores.sessions(),
                stores.blocks(),
                attempts,
                stores.conversations(),
                stores.conversationKeys(),
                stores.messages(),
                stores.files(),
                stores.replays()),
            signatures.verifier(),
            passwords,
            new SamstevensTotpCodes(random, TOTP_ISSUER),
            box,
            new HmacKeyedHash(secret.namesKey()),
            new LocalEventBus(),
            random,
            clock);
    SecureChat chat = new SecureChat(ports, configuration.chat());
    return new Backend(database, attempts, passwords, ports, chat, signatures.name());
  }

  /**
   * With another secret nobody could sign in, and new accounts would be lost with the old secret.
   */
  private static void requireSameSecret(JdbiChat database, SecretBox box) {
    SealedSecret first = SealedSecret.copyOf(box.seal(new byte[0], SECRET_CHECK));
    try {
      box.open(database.secretCheck(first).toByteArray(), SECRET_CHECK);
    } catch (IllegalStateException e) {
      throw new ConfigurationException(
          "SECRET_KEY is not the one that this database was made with: set that one again, or set"
              + " DATABASE_URL to another database.");
    }
  }

  private static Argon2Settings argon2(Configuration configuration) {
    Argon2Settings defaults = Argon2Settings.defaults();
    Configuration.PasswordSettings passwords = configuration.passwords();
    return new Argon2Settings(
        passwords.memoryKib(),
        passwords.iterations(),
        defaults.parallelism(),
        passwords.threads(),
        defaults.maxWait(),
        defaults.queue());
  }

  JdbiChat database() {
    return database;
  }

  /** The attempts that are counted, and how many of them were turned away. */
  CountedAttempts attempts() {
    return attempts;
  }

  Argon2PasswordHasher passwords() {
    return passwords;
  }

  ChatPorts ports() {
    return ports;
  }

  SecureChat chat() {
    return chat;
  }

  /** Which library verifies signatures. */
  String verifierName() {
    return verifierName;
  }

  @Override
  public void close() {
    passwords.close();
    database.close();
  }
}
