package org.securechat.app;

import java.time.Clock;
import org.securechat.crypto.AesGcmSecretBox;
import org.securechat.crypto.Argon2PasswordHasher;
import org.securechat.crypto.Argon2Settings;
import org.securechat.crypto.SamstevensTotpCodes;
import org.securechat.crypto.ServerSecret;
import org.securechat.crypto.SignatureVerifiers;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.SecureChat;
import org.securechat.domain.identity.RandomSource;
import org.securechat.persistence.JdbiChat;

/**
 * The chat core with its adapters, put together by hand from a configuration; everything of the
 * server but its HTTP side.
 */
final class Backend implements AutoCloseable {
  /** What authenticator applications show beside the code. */
  private static final String TOTP_ISSUER = "Secure Chat";

  private final JdbiChat database;
  private final Argon2PasswordHasher passwords;
  private final ChatPorts ports;
  private final SecureChat chat;
  private final String verifierName;

  private Backend(
      JdbiChat database,
      Argon2PasswordHasher passwords,
      ChatPorts ports,
      SecureChat chat,
      String verifierName) {
    this.database = database;
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
    RandomSource random = new SystemRandomSource();
    ServerSecret secret =
        ServerSecret.of(
            configuration
                .secretKey()
                .orElseGet(() -> SecretKeys.besideDatabase(configuration.database(), random)));
    JdbiChat database = Databases.open(configuration.database());

    SignatureVerifiers.Choice signatures = SignatureVerifiers.fastest();
    Argon2PasswordHasher passwords =
        new Argon2PasswordHasher(argon2(configuration), secret.passwordKey(), random);
    ChatPorts ports =
        new ChatPorts(
            database.stores(),
            signatures.verifier(),
            passwords,
            new SamstevensTotpCodes(random, TOTP_ISSUER),
            new AesGcmSecretBox(secret.sealingKey(), random),
            random,
            clock);
    SecureChat chat = new SecureChat(ports, configuration.chat());
    return new Backend(database, passwords, ports, chat, signatures.name());
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
