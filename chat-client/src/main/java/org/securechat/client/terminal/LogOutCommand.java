package org.securechat.client.terminal;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.securechat.client.SavedSession;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.http.JsonMembers;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.Password;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code client logout}: ends this device's session. */
@Command(
    name = "logout",
    description = "End this device's session; asks for the password.",
    mixinStandardHelpOptions = true)
final class LogOutCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(
      names = "--forget",
      description = "Remove the private key from this device too; login fetches it again.")
  private boolean forget;

  LogOutCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    Workplace work = new Workplace(surroundings, options);
    Profile profile = work.profile();
    Password password = work.terminal().askPassword("Password");
    Profile.Secrets secrets = profile.open(password);
    Optional<SavedSession> session = profile.session(secrets);
    if (forget) {
      try {
        session.ifPresent(saved -> end(work, profile, saved));
      } finally {
        // Whatever the server says: the key is to be gone from here.
        work.file().delete();
      }
    } else {
      session.ifPresent(saved -> end(work, profile, saved));
      work.keep(
          profile.head(), new Profile.Secrets(secrets.identity(), Optional.empty()), password);
    }
    work.print("Signed out.", JsonMembers.NONE);
    return TerminalClient.DONE;
  }

  private static void end(Workplace work, Profile profile, SavedSession saved) {
    try {
      work.client(profile.head().server()).resume(saved).logOut();
    } catch (RefusedException e) {
      // Over already, which is what was wanted.
      if (e.code() != RefusalCode.NOT_AUTHENTICATED) {
        throw e;
      }
    }
  }
}
