package org.securechat.client.terminal;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.securechat.client.ChatClient;
import org.securechat.client.ChatSession;
import org.securechat.client.OwnAccount;
import org.securechat.client.RecoveryCodes;
import org.securechat.client.SavedSession;
import org.securechat.client.SecondFactor;
import org.securechat.client.SecondFactorReset;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.Password;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code client recover}: signs in by a recovery code and sets up a new authenticator. If it is
 * broken off in between, it goes on where it was and needs no further recovery code.
 */
@Command(
    name = "recover",
    description =
        "Sign in by a recovery code and set up a new authenticator; asks for password, recovery"
            + " code and the new authenticator's first code.",
    mixinStandardHelpOptions = true)
final class RecoverCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();
  @Mixin private final ServerOption given = new ServerOption();

  RecoverCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    Workplace work = new Workplace(surroundings, options);
    Workplace.Target target = work.target(given);
    Password password = work.terminal().askPassword("Password");
    ChatClient client = work.client(target.server());
    Optional<Profile.Secrets> secrets = work.secrets(target, password);
    work.file().requireWritable();

    ChatSession session =
        brokenOff(client, target, secrets)
            .orElseGet(() -> signIn(work, client, target, secrets, password));
    OwnAccount me = work.me(target, session);
    work.keep(target.server(), session, password);
    SecondFactorReset reset = session.resetSecondFactor(password);
    RecoveryCodes codes = work.confirm(reset.secret(), reset::confirm);
    work.printAndKeep(codes, target.server(), session, password);
    work.say(
        "The old authenticator and recovery codes are void; signed in as "
            + me.username().value()
            + ".");
    return TerminalClient.DONE;
  }

  private static ChatSession signIn(
      Workplace work,
      ChatClient client,
      Workplace.Target target,
      Optional<Profile.Secrets> secrets,
      Password password) {
    SecondFactor code = SecondFactor.recoveryCode(work.terminal().ask("Recovery code"));
    return secrets.isPresent()
        ? client.logIn(target.email(), password, code, secrets.get().identity())
        : client.logIn(target.email(), password, code);
  }

  /** The session of an earlier run that did not come to its end. */
  private static Optional<ChatSession> brokenOff(
      ChatClient client, Workplace.Target target, Optional<Profile.Secrets> secrets) {
    Optional<SavedSession> saved =
        target.profile().flatMap(profile -> secrets.flatMap(profile::session));
    if (saved.isEmpty()) {
      return Optional.empty();
    }
    ChatSession session = client.resume(saved.get());
    try {
      return session.me().secondFactorResetRequired() ? Optional.of(session) : Optional.empty();
    } catch (RefusedException e) {
      if (e.code() == RefusalCode.NOT_AUTHENTICATED) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
