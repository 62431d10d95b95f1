package org.securechat.client.terminal;

import java.util.concurrent.Callable;
import org.securechat.client.ChatSession;
import org.securechat.protocol.conversation.Contacts.Contact;
import org.securechat.protocol.key.DoesNotOpenException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code client safety}: the number that two people compare. */
@Command(
    name = "safety",
    description = "Show the safety number to compare with somebody; asks for the password.",
    mixinStandardHelpOptions = true)
final class SafetyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Parameters(paramLabel = "USER", description = "With whom.")
  private String user = "";

  @Option(names = "--verified", description = "Mark that you have compared it, and it is the same.")
  private boolean verified;

  SafetyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    try (Workplace work = new Workplace(surroundings, options)) {
      return show(work);
    }
  }

  private int show(Workplace work) throws DoesNotOpenException {
    ChatSession session = work.signedIn();
    People people = new People(session, work.conversations(session).contacts());
    Contact contact = people.meet(user);
    if (verified) {
      people.verify(contact);
      contact = people.meet(user);
    }
    SafetyText safety = new SafetyText(contact, people.safetyNumber(contact.name(), contact.key()));
    work.print(
        safety.text(
            work.terminal().isInteractive()
                && surroundings.environment().getOrDefault("NO_COLOR", "").isEmpty()),
        safety.json());
    return TerminalClient.DONE;
  }
}
