package org.securechat.client;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.Answer;
import org.securechat.client.http.Call;
import org.securechat.client.http.HttpApi;
import org.securechat.client.http.HttpSettings;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.http.JsonObject;
import org.securechat.client.http.ServerAddress;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Username;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.protocol.key.Password;
import org.securechat.protocol.key.PasswordKdf;
import org.securechat.protocol.key.PasswordKeys;
import org.securechat.protocol.key.WrappedPrivateKey;

/**
 * A server, and how one becomes known to it: by registering, by signing in, or by going on with a
 * session that was kept. Each of them stretches the password, which takes some 64 MiB and half a
 * second. Safe for use by many threads.
 *
 * <p>Every method throws a {@link org.securechat.client.failure.ChatException} when it fails, and a
 * {@link org.securechat.protocol.key.TooLittleMemoryException} where the account's key derivation,
 * which may ask for 1 GiB, does not fit into the heap.
 */
public final class ChatClient {
  private final HttpApi api;
  private final RandomSource random;

  private ChatClient(HttpApi api, RandomSource random) {
    this.api = api;
    this.random = random;
  }

  /**
   * A server by its address, with the default settings. Connects to nothing yet.
   *
   * @param server such as {@code https://chat.example.org}; {@code http} for this machine only
   * @param clock this device's, such as {@link Clock#systemUTC()}; if it is wrong, the server's is
   *     used
   */
  public static ChatClient to(String server, Clock clock) {
    return to(ServerAddress.parse(server), HttpSettings.defaults(), clock);
  }

  /** A server by its address, with settings of one's own. Connects to nothing yet. */
  public static ChatClient to(ServerAddress server, HttpSettings settings, Clock clock) {
    RandomSource random = new SystemRandomSource();
    return new ChatClient(new HttpApi(server, settings, clock, random), random);
  }

  /**
   * Begins a registration, with a new identity. Nobody else sees it before {@link SignUp#confirm}.
   */
  public SignUp register(EmailAddress email, Username username, Password password) {
    PasswordKdf kdf = PasswordKdf.STANDARD;
    PasswordKeys keys = PasswordKeys.derive(email, password, kdf);
    IdentityKeyPair identity = IdentityKeyPair.generate(random);
    JsonMembers names =
        json -> {
          json.writeStringField("email", email.value());
          json.writeStringField("username", username.value());
          json.writeStringField("public_key", identity.publicKey().toPem());
        };
    Answer answer =
        api.send(
            Call.post(
                "/api/register",
                names
                    .and(Wire.passwordHash("password_hash", keys.loginHash()))
                    .and(Wire.privateKey(keys.wrappingKey().wrap(identity, random), kdf))
                    .and(Wire.encryptionKey(identity.publishEncryptionKey()))),
            identity,
            Optional.empty());
    return new SignUp(api, random, new Device(email, kdf, identity), username, answer);
  }

  /**
   * Signs in on a device that has nothing yet: fetches the private key with password and second
   * factor, opens it, and signs in with it.
   *
   * @param email as it was given at registration
   */
  public ChatSession logIn(EmailAddress email, Password password, SecondFactor secondFactor) {
    PasswordKdf kdf = kdfOf(email);
    PasswordKeys keys = PasswordKeys.derive(email, password, kdf);
    JsonObject answer =
        api.send(
                Call.post(
                    "/api/login/key",
                    Wire.email(email)
                        .and(Wire.passwordHash("password_hash", keys.loginHash()))
                        .and(secondFactor.members())))
            .json();
    IdentityKeyPair identity = open(answer, keys);
    return signIn(
        new Device(email, kdf, identity), keys, SecondFactor.ticket(answer.text("login_ticket")));
  }

  /** Signs in on a device that has the private key already. */
  public ChatSession logIn(
      EmailAddress email, Password password, SecondFactor secondFactor, IdentityKeyPair identity) {
    PasswordKdf kdf = kdfOf(email);
    PasswordKeys keys = PasswordKeys.derive(email, password, kdf);
    return signIn(new Device(email, kdf, identity), keys, secondFactor);
  }

  /**
   * Goes on with a session that was kept. Sends nothing; whether the server still knows it, {@link
   * ChatSession#me} tells.
   */
  public ChatSession resume(SavedSession saved) {
    return new ChatSession(
        api,
        random,
        new Device(saved.email(), saved.kdf(), saved.identity()),
        saved.cookie(),
        saved.account());
  }

  private PasswordKdf kdfOf(EmailAddress email) {
    return Wire.kdf(api.send(Call.post("/api/login/params", Wire.email(email))).json());
  }

  private static IdentityKeyPair open(JsonObject answer, PasswordKeys keys) {
    IdentityKey owner = answer.text("public_key", IdentityKey::parsePem);
    WrappedPrivateKey wrapped =
        answer.text(
            "encrypted_private_key",
            text -> WrappedPrivateKey.parse(text, answer.text("encryption_iv")));
    try {
      return keys.wrappingKey().unwrap(wrapped, owner);
    } catch (GeneralSecurityException e) {
      throw new UntrustedAnswerException(
          "The private key that the server keeps for this account can't be used", e);
    }
  }

  private ChatSession signIn(Device device, PasswordKeys keys, SecondFactor secondFactor) {
    Answer answer =
        api.send(
            Call.post(
                "/api/login",
                Wire.email(device.email())
                    .and(Wire.passwordHash("password_hash", keys.loginHash()))
                    .and(secondFactor.members())),
            device.identity(),
            Optional.empty());
    OwnAccount account = OwnAccount.read(answer.json().object("user"), device);
    return new ChatSession(
        api, random, device, ChatSession.cookie(answer), KnownAccount.of(account));
  }
}
