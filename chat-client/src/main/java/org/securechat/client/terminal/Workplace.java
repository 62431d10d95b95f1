package org.securechat.client.terminal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.securechat.client.ChatClient;
import org.securechat.client.ChatSession;
import org.securechat.client.OwnAccount;
import org.securechat.client.RecoveryCodes;
import org.securechat.client.SavedSession;
import org.securechat.client.SecondFactorSecret;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.http.ServerAddress;
import org.securechat.client.state.SealedStateFile;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.Password;

/**
 * What one run of a command works with: the terminal, the profile, the server, what this device
 * remembers. For one thread; closed where conversations were opened.
 */
final class Workplace implements AutoCloseable {
  private static final int MAX_CODES = 5;

  private final Surroundings surroundings;
  private final CommonOptions options;
  private final ProfileFile file;
  private @Nullable SealedStateFile state;

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

  /** Asks for the password and opens the profile's session. */
  ChatSession signedIn() throws DoesNotOpenException {
    return session(profile(), terminal().askPassword("Password"));
  }

  /** The conversations of a session, once in a run: this device's state is locked for it. */
  Conversations conversations(ChatSession session) {
    SealedStateFile opened =
        SealedStateFile.open(file.state(), session.saved().identity(), new SystemRandomSource());
    state = opened;
    return Conversations.of(session, opened);
  }

  /**
   * Asks before something that can't be taken back.
   *
   * @param answered whether the command line has said yes already
   * @throws UsageException if it is not wanted
   */
  void confirm(boolean answered, String question) {
    if (!answered && !terminal().ask(question).equals("yes")) {
      throw new UsageException("Nothing was changed.");
    }
  }

  @Override
  public void close() {
    if (state != null) {
      state.close();
    }
  }

  /** Keeps a session on this device. */
  void keep(ServerAddress server, ChatSession session, Password password) {
    SavedSession saved = session.saved();
    keep(
        new Profile.Head(server, saved.email(), saved.account(), saved.kdf()),
        new Profile.Secrets(saved.identity(), Optional.of(saved.cookie())),
        password);
  }

  void keep(Profile.Head head, Profile.Secrets secrets, Password password) {
    file.write(Profile.seal(head, secrets, password, new SystemRandomSource()));
  }

  /** The account that login and recover are about, and what this device has of it already. */
  Target target(ServerOption given) {
    Optional<Profile> profile = file.read();
    Optional<EmailAddress> kept = profile.map(known -> known.head().email());
    ServerAddress server =
        given
            .server()
            .or(() -> profile.map(known -> known.head().server()))
            .orElseThrow(() -> new UsageException("Which server? Name it with --server."));
    EmailAddress email =
        given
            .email()
            .map(EmailAddress::new)
            .or(() -> kept)
            .orElseGet(() -> new EmailAddress(terminal().ask("Email")));
    if (profile.isPresent()
        && !(profile.get().head().server().equals(server)
            && profile.get().head().email().canonical().equals(email.canonical()))) {
      throw new UsageException(
          "This device has another account (" + file.path() + "): name another --profile-file.");
    }
    // As it was registered, because the password's salt depends on the spelling.
    return new Target(server, kept.orElse(email), profile);
  }

  /** An account, with this device's profile of it where there is one. */
  record Target(ServerAddress server, EmailAddress email, Optional<Profile> profile) {}

  /** The account as the server has it, which must be the one that this device knows, if any. */
  OwnAccount me(Target target, ChatSession session) {
    OwnAccount me = session.me();
    target.profile().ifPresent(profile -> profile.head().account().after(me));
    return me;
  }

  /**
   * What this device has of an account, opened; empty where it has nothing, or where a person says
   * that the password was changed on another device since. Nobody else is believed: a mistyped
   * password would sign in as a stranger does, and spend the strangers' attempts.
   *
   * @throws DoesNotOpenException if the password does not open it, and nobody is there to ask or
   *     the answer is no
   */
  Optional<Profile.Secrets> secrets(Target target, Password password) throws DoesNotOpenException {
    if (target.profile().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(target.profile().get().open(password));
    } catch (DoesNotOpenException e) {
      if (options.json() || !terminal().isInteractive()) {
        throw e;
      }
      terminal().err().println("The password does not open the key on this device.");
      String answer =
          terminal().ask("Was it changed on another device? Type yes to use the server's key");
      if (!answer.equals("yes")) {
        throw e;
      }
      return Optional.empty();
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

  private static String recoveryText(RecoveryCodes codes) {
    return "\n"
        + "Keep these recovery codes; each signs you in once without the authenticator:\n\n"
        + "    "
        + String.join("\n    ", codes.secretTexts())
        + "\n";
  }

  private static JsonMembers recoveryJson(RecoveryCodes codes) {
    return json -> {
      json.writeArrayFieldStart("recovery_codes");
      for (String code : codes.secretTexts()) {
        json.writeString(code);
      }
      json.writeEndArray();
    };
  }

  /**
   * Ends a sign-up or a recovery: shows the codes, which nobody can get again, and only then does
   * what may fail, to keep the session. That it does even where the codes could not be shown.
   */
  void printAndKeep(
      RecoveryCodes codes, ServerAddress server, ChatSession session, Password password) {
    try {
      print(
          recoveryText(codes),
          recoveryJson(codes)
              .and(json ->
                  json.writeStringField("username", session.saved().account().username().value())));
    } finally {
      keep(server, session, password);
    }
  }

  /**
   * Prints a result, in one of its two forms.
   *
   * @throws UsageException if it can't be written, as to a full disk
   */
  void print(String text, JsonMembers json) {
    out(options.json() ? json.asciiText() : text);
  }

  /** Prints what only people want to know; nothing in JSON. */
  void say(String text) {
    if (!options.json()) {
      out(text);
    }
  }

  /** Whether results are for programs. */
  boolean isJson() {
    return options.json();
  }

  private void out(String line) {
    terminal().out().println(line);
    if (terminal().out().checkError()) {
      throw new UsageException("The output can't be written.");
    }
  }
}
