package org.securechat.client.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.Optional;
import org.securechat.client.KnownAccount;
import org.securechat.client.SavedSession;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.http.JsonObject;
import org.securechat.client.http.ServerAddress;
import org.securechat.client.http.SessionCookie;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.protocol.key.Password;
import org.securechat.protocol.key.PasswordKdf;
import org.securechat.protocol.key.PasswordKeys;

/**
 * What this device keeps of an account: whose it is in the open, private key and session sealed
 * with a key from the password. Whoever changes the open part makes the sealed one useless.
 */
final class Profile {
  private static final String FORMAT = "secure-chat/v1 device profile";

  private final Head head;
  private final byte[] sealed;

  private Profile(Head head, byte[] sealed) {
    this.head = head;
    this.sealed = sealed;
  }

  /** The part in the open. */
  record Head(ServerAddress server, EmailAddress email, KnownAccount account, PasswordKdf kdf) {

    Username username() {
      return account.username();
    }

    private String place() {
      return String.join(
          "\n",
          FORMAT,
          server.toString(),
          email.value(),
          account.id().value() + " " + account.username().value(),
          account.encryptionKeyPublished() ? "published" : "not published",
          kdf.memoryKib() + " " + kdf.iterations() + " " + kdf.parallelism());
    }
  }

  /** The part that the password opens. */
  record Secrets(IdentityKeyPair identity, Optional<SessionCookie> cookie) {}

  /** Seals, with a key that follows from the password. */
  static Profile seal(Head head, Secrets secrets, Password password, RandomSource random) {
    JsonMembers members =
        json -> {
          json.writeStringField("seed", HexFormat.of().formatHex(secrets.identity().secretSeed()));
          if (secrets.cookie().isPresent()) {
            json.writeStringField("cookie", secrets.cookie().get().secretText());
          }
        };
    byte[] sealed =
        keys(head, password).deviceKey().seal(members.text().getBytes(UTF_8), head.place(), random);
    return new Profile(head, sealed);
  }

  private static PasswordKeys keys(Head head, Password password) {
    return PasswordKeys.derive(head.email(), password, head.kdf());
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws InvalidValueException if it is something else, or damaged
   */
  static Profile parse(byte[] text) {
    try {
      JsonObject json = JsonObject.parse(text);
      JsonObject kdf = json.object("kdf");
      if (json.text("format").equals(FORMAT)) {
        Head head =
            new Head(
                json.text("server", ServerAddress::parse),
                json.text("email", EmailAddress::new),
                new KnownAccount(
                    new UserId(json.number("id")),
                    json.text("username", Username::new),
                    json.flag("encryption_key_published")),
                new PasswordKdf(
                    Math.toIntExact(kdf.number("memory_kib")),
                    Math.toIntExact(kdf.number("iterations")),
                    Math.toIntExact(kdf.number("parallelism"))));
        return new Profile(head, json.text("sealed", Base64Text::decode));
      }
    } catch (UntrustedAnswerException | ArithmeticException e) {
      // Falls through.
    }
    throw new InvalidValueException("This is no profile, or a damaged one");
  }

  Head head() {
    return head;
  }

  /** The file's text, in UTF-8. */
  byte[] text() {
    JsonMembers members =
        json -> {
          json.writeStringField("format", FORMAT);
          json.writeStringField("server", head.server().toString());
          json.writeStringField("email", head.email().value());
          json.writeNumberField("id", head.account().id().value());
          json.writeStringField("username", head.username().value());
          json.writeBooleanField(
              "encryption_key_published", head.account().encryptionKeyPublished());
          json.writeObjectFieldStart("kdf");
          json.writeNumberField("memory_kib", head.kdf().memoryKib());
          json.writeNumberField("iterations", head.kdf().iterations());
          json.writeNumberField("parallelism", head.kdf().parallelism());
          json.writeEndObject();
          json.writeStringField("sealed", Base64Text.encode(sealed));
        };
    return (members.text() + "\n").getBytes(UTF_8);
  }

  /**
   * Opens the sealed part.
   *
   * @throws DoesNotOpenException if the password is another one or anything was changed
   */
  Secrets open(Password password) throws DoesNotOpenException {
    byte[] opened = keys(head, password).deviceKey().open(sealed, head.place());
    JsonObject json = JsonObject.parse(opened);
    return new Secrets(
        IdentityKeyPair.ofSeed(HexFormat.of().parseHex(json.text("seed"))),
        json.optionalText("cookie").map(SessionCookie::of));
  }

  /** The session in it, to go on with; empty where this device is signed out. */
  Optional<SavedSession> session(Secrets secrets) {
    return secrets
        .cookie()
        .map(cookie ->
            new SavedSession(head.email(), head.kdf(), secrets.identity(), cookie, head.account()));
  }

  @Override
  public String toString() {
    return "Profile[" + head.email().value() + "]";
  }
}
