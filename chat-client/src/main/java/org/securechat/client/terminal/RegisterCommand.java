package org.securechat.client.terminal;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.securechat.client.SignUp;
import org.securechat.client.SignedUp;
import org.securechat.client.http.ServerAddress;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Username;
import org.securechat.protocol.key.Password;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code client register}: a new account, kept on this device. */
@Command(
    name = "register",
    description = "Make an account; asks for email, username, password and a first code.",
    mixinStandardHelpOptions = true)
final class RegisterCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();
  @Mixin private final ServerOption given = new ServerOption();

  @Option(
      names = "--username",
      paramLabel = "NAME",
      description = "The account's name (default: asked for).")
  private @Nullable String username;

  RegisterCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Workplace work = new Workplace(surroundings, options);
    if (work.file().read().isPresent()) {
      throw new UsageException(
          "This device has an account already ("
              + work.file().path()
              + "): name another --profile-file.");
    }
    ServerAddress server =
        given
            .server()
            .orElseThrow(() -> new UsageException("Which server? Name it with --server."));
    EmailAddress email =
        new EmailAddress(given.email().orElseGet(() -> work.terminal().ask("Email")));
    Username name = new Username(username == null ? work.terminal().ask("Username") : username);
    Password password = work.newPassword("Password");
    work.file().requireWritable();

    SignUp begun = work.client(server).register(email, name, password);
    SignedUp done = work.confirm(begun.secret(), begun::confirm);
    work.printAndKeep(done.recoveryCodes(), server, done.session(), password);
    work.say("Registered as " + name.value() + "; this device is signed in.");
    return TerminalClient.DONE;
  }
}
