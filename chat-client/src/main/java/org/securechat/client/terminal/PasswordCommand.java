package org.securechat.client.terminal;

import java.util.concurrent.Callable;
import org.securechat.client.ChatSession;
import org.securechat.client.http.JsonMembers;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.Password;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code client password}: changes the password, and seals this device's profile with it. */
@Command(
    name = "password",
    description = "Change the password; asks for it, the new one and a code.",
    mixinStandardHelpOptions = true)
final class PasswordCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  PasswordCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    Workplace work = new Workplace(surroundings, options);
    Profile profile = work.profile();
    Password current = work.terminal().askPassword("Password");
    ChatSession session = work.session(profile, current);
    work.file().requireWritable();
    Password next = work.newPassword("New password");
    // Last, because a code is good for half a minute.
    String code = work.askCode();

    session.changePassword(current, code, next);
    work.keep(profile.head().server(), session, next);
    work.print("The password is changed; every other device is signed out.", JsonMembers.NONE);
    return TerminalClient.DONE;
  }
}
