package org.securechat.client.terminal;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.securechat.client.ChatSession;
import org.securechat.client.User;
import org.securechat.client.http.JsonMembers;
import org.securechat.protocol.conversation.Contacts.Contact;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.KeyId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code client trust}: decides about somebody who is another than before. */
@Command(
    name = "trust",
    description =
        "Show both identities of somebody who is another than before, and believe the new one if"
            + " you say yes; asks for the password.",
    mixinStandardHelpOptions = true)
final class TrustCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Parameters(paramLabel = "USER", description = "Whom.")
  private String user = "";

  @Option(names = "--yes", description = "Don't ask; you have compared the new safety number.")
  private boolean yes;

  TrustCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    Workplace work = new Workplace(surroundings, options);
    ChatSession session = work.signedIn();
    People people = new People(session, work.conversations(session).contacts());
    User now = people.ask(user);
    Optional<Contact> before = people.another(now);
    if (before.isEmpty()) {
      work.print("There is nothing to decide: " + user + " is who they were.", json(now, false));
      return TerminalClient.DONE;
    }
    work.say(people.comparison(before.get(), now));
    if (!yes && !work.terminal().ask("Type yes to believe it").equals("yes")) {
      throw new UsageException("Nothing was changed.");
    }
    people.believe(now);
    work.print(now.username().value() + " is believed, and not verified.", json(now, true));
    return TerminalClient.DONE;
  }

  private static JsonMembers json(User now, boolean changed) {
    return json -> {
      json.writeStringField("username", now.username().value());
      json.writeStringField("key_id", KeyId.of(now.publicKey()).hex());
      json.writeBooleanField("changed", changed);
    };
  }
}
