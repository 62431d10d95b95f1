package org.securechat.client.terminal;

import java.util.Optional;
import org.securechat.client.ChatClient;
import org.securechat.client.ChatSession;
import org.securechat.client.RecoveryCodes;
import org.securechat.client.SavedSession;
import org.securechat.client.SecondFactorSecret;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.http.ServerAddress;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Username;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.Password;

/** What one run of a command works with: the terminal, the profile, the server. For one thread. */
final class Workplace {
  private static final int MAX_CODES = 5;

  private final Surroundings surroundings;
  private final CommonOptions options;
  private final ProfileFile file;

  Workplace(Surroundings surroundings, CommonOptions options) {
    this.surroundings = surroundings;
    this.options = options;
    this.file = ProfileFile.of(options.profileFile(), surroundings.environment());
  }

  Terminal terminal() {
    return surroundings.terminal();
  }

  ProfileFile file() {
    return file;
  }

  Profile profile() {
    return file.read()
        .orElseThrow(() ->
            new UsageException(
                "There is no account on this device yet ("
                    + file.path()
                    + "): use register or login."));
  }

  ChatClient client(ServerAddress server) {
    return ChatClient.to(server, options.httpSettings(), surroundings.clock());
  }

  /** Opens a profile's session, which only its password can. */
  ChatSession session(Profile profile, Password password) throws DoesNotOpenException {
    SavedSession saved =
        profile
            .session(profile.open(password))
            .orElseThrow(() -> new UsageException("This device is signed out: use login."));
    return client(profile.head().server()).resume(saved);
  }

  /** Keeps a session on this device. */
  void keep(ServerAddress server, Username username, ChatSession session, Password password) {
    SavedSession saved = session.saved();
    keep(
        new Profile.Head(server, saved.email(), username, saved.kdf()),
        new Profile.Secrets(saved.identity(), Optional.of(saved.cookie())),
        password);
  }

  void keep(Profile.Head head, Profile.Secrets secrets, Password password) {
    file.write(Profile.seal(head, secrets, password, new SystemRandomSource()));
  }

  /** The account that login and recover are about, and what this device has of it already. */
  Target target(ServerOption given) {
    Optional<Profile> profile = file.read();
    ServerAddress server =
        given
            .server()
            .or(() -> profile.map(known -> known.head().server()))
            .orElseThrow(() -> new UsageException("Which server? Name it with --server."));
    EmailAddress email =
        given
            .email()
            .map(EmailAddress::new)
            .or(() -> profile.map(known -> known.head().email()))
            .orElseGet(() -> new EmailAddress(terminal().ask("Email")));
    if (profile.isPresent()
        && !(profile.get().head().server().equals(server)
            && profile.get().head().email().equals(email))) {
      throw new UsageException(
          "This device has another account (" + file.path() + "): name another --profile-file.");
    }
    return new Target(server, email, profile);
  }

  /** An account, with this device's profile of it where there is one. */
  record Target(ServerAddress server, EmailAddress email, Optional<Profile> profile) {

    /** The profile's secrets; empty too if the password was changed on another device since. */
    Optional<Profile.Secrets> secrets(Password password) {
      try {
        return profile.isPresent() ? Optional.of(profile.get().open(password)) : Optional.empty();
      } catch (DoesNotOpenException e) {
        return Optional.empty();
      }
    }
  }

  /** A password that is about to be set; a person types it twice. */
  Password newPassword(String prompt) {
    Password password = terminal().askPassword(prompt);
    if (terminal().isInteractive()
        && !password.equals(terminal().askPassword(prompt + " (again)"))) {
      throw new UsageException("The two passwords differ.");
    }
    return password;
  }

  String askCode() {
    return terminal().ask("Code of the authenticator");
  }

  /** Something that a code of a new authenticator completes. */
  interface Confirmation<T> {
    T confirm(String code);
  }

  /** Shows the secret of a new second factor and asks for its code until one is right. */
  <T> T confirm(SecondFactorSecret secret, Confirmation<T> confirmation) {
    print(
        QrText.of(secret.provisioningUri(), terminal().isInteractive())
            + "\nScan this with an authenticator, or type in the secret:\n\n    "
            + secret.secretText()
            + "\n",
        json -> {
          json.writeStringField("secret", secret.secretText());
          json.writeStringField("provisioning_uri", secret.provisioningUri());
        });
    for (int tries = 1; ; tries++) {
      try {
        return confirmation.confirm(askCode());
      } catch (RefusedException e) {
        if (e.code() != RefusalCode.INVALID_TOTP || tries == MAX_CODES) {
          throw e;
        }
        terminal().err().println("That code is not right; the next one may be.");
      }
    }
  }

  static String recoveryText(RecoveryCodes codes) {
    return "\n"
        + "Keep these recovery codes; each opens the account once if the authenticator is"
        + " lost:\n\n"
        + "    "
        + String.join("\n    ", codes.secretTexts())
        + "\n";
  }

  static JsonMembers recoveryJson(RecoveryCodes codes) {
    return json -> {
      json.writeArrayFieldStart("recovery_codes");
      for (String code : codes.secretTexts()) {
        json.writeString(code);
      }
      json.writeEndArray();
    };
  }

  /** Prints a result, in one of its two forms. */
  void print(String text, JsonMembers json) {
    terminal().out().println(options.json() ? json.text() : text);
    terminal().out().flush();
  }
}
