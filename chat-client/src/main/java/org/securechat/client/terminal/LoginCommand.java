package org.securechat.client.terminal;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.securechat.client.ChatClient;
import org.securechat.client.ChatSession;
import org.securechat.client.OwnAccount;
import org.securechat.client.SecondFactor;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.Password;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code client login}: signs in, with this device's key or with the one that the server keeps. */
@Command(
    name = "login",
    description = "Sign in; asks for password and code, on a new device for the email too.",
    mixinStandardHelpOptions = true)
final class LoginCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();
  @Mixin private final ServerOption given = new ServerOption();

  LoginCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    Workplace work = new Workplace(surroundings, options);
    Workplace.Target target = work.target(given);
    Password password = work.terminal().askPassword("Password");
    Optional<Profile.Secrets> secrets = work.secrets(target, password);
    work.file().requireWritable();
    SecondFactor code = SecondFactor.totp(work.askCode());

    ChatClient client = work.client(target.server());
    ChatSession session =
        secrets.isPresent()
            ? client.logIn(target.email(), password, code, secrets.get().identity())
            : client.logIn(target.email(), password, code);
    OwnAccount me = work.me(target, session);
    work.keep(target.server(), session, password);
    work.print(
        "Signed in as " + me.username().value() + ".",
        json -> json.writeStringField("username", me.username().value()));
    return TerminalClient.DONE;
  }
}
