package org.securechat.client.terminal;

import java.util.concurrent.Callable;
import org.securechat.client.ChatSession;
import org.securechat.client.http.JsonMembers;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.Password;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code client delete}: deletes the account, and this device's profile of it. */
@Command(
    name = "delete",
    description =
        "Delete the account for good; asks for the username as a confirmation, password and code.",
    mixinStandardHelpOptions = true)
final class DeleteCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Option(names = "--yes", description = "Don't ask for a confirmation.")
  private boolean yes;

  DeleteCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    Workplace work = new Workplace(surroundings, options);
    Profile profile = work.profile();
    String name = profile.head().username().value();
    if (!yes && !work.terminal().ask("Delete for good? Type " + name).equals(name)) {
      throw new UsageException("Nothing was deleted.");
    }
    Password password = work.terminal().askPassword("Password");
    ChatSession session = work.session(profile, password);
    session.delete(password, work.askCode());
    work.file().delete();
    work.print("The account is deleted.", JsonMembers.NONE);
    return TerminalClient.DONE;
  }
}
