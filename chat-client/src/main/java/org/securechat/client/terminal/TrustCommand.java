package org.securechat.client.terminal;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.securechat.client.ChatSession;
import org.securechat.client.User;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.http.JsonMembers;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.protocol.conversation.Contacts.Contact;
import org.securechat.protocol.conversation.ServerFault;
import org.securechat.protocol.key.DoesNotOpenException;
import org.securechat.protocol.key.KeyId;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code client trust}: decides about whoever is another than before, or a server that has lied.
 */
@Command(
    name = "trust",
    description =
        "Show both identities of somebody who is another than before, and believe the new one if"
            + " you say yes; or show what the server was caught at in a conversation, and verify"
            + " that anew from its beginning. Asks for the password.",
    mixinStandardHelpOptions = true)
final class TrustCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  @ArgGroup(multiplicity = "1")
  private About about = new About();

  @Option(names = "--yes", description = "Don't ask; you have compared, and decided.")
  private boolean yes;

  /** Who or what is to be decided about. */
  static final class About {
    @Parameters(paramLabel = "USER", description = "Whom.")
    private @Nullable String user;

    @Option(
        names = "--conversation",
        paramLabel = "ID",
        description = "A conversation in which the server was caught.")
    private @Nullable Long conversation;
  }

  TrustCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    try (Workplace work = new Workplace(surroundings, options)) {
      ChatSession session = work.signedIn();
      Conversations conversations = work.conversations(session);
      if (about.user != null) {
        decide(work, new People(session, conversations.contacts()), about.user);
      } else if (about.conversation != null) {
        decide(work, conversations, new ConversationId(about.conversation));
      }
      return TerminalClient.DONE;
    }
  }

  private void decide(Workplace work, People people, String user) {
    User now = people.ask(user);
    List<Contact> before = people.another(now);
    if (before.isEmpty()) {
      work.print("There is nothing to decide: " + user + " is who they were.", json(now, false));
      return;
    }
    work.say(people.comparison(before, now));
    work.confirm(yes, "Type yes to believe it");
    people.believe(now);
    work.print(now.username().value() + " is believed, and not verified.", json(now, true));
  }

  private static JsonMembers json(User now, boolean changed) {
    return json -> {
      json.writeStringField("username", now.username().value());
      json.writeStringField("key_id", KeyId.of(now.publicKey()).hex());
      json.writeBooleanField("changed", changed);
    };
  }

  private void decide(Workplace work, Conversations conversations, ConversationId id) {
    ServerFault fault = conversations.faults().get(id);
    if (fault == null) {
      work.print(
          "The server was not caught there.", json(id, json -> json.writeNullField("fault")));
      return;
    }
    FaultText text = new FaultText(fault);
    work.say(text.text());
    work.confirm(yes, "Type yes to go on, and verify it anew from its beginning");
    conversations.startOver(id);
    work.print(
        "What was known of it is forgotten; what is shown next is verified anew.",
        json(id, text.json()));
  }

  private static JsonMembers json(ConversationId id, JsonMembers fault) {
    JsonMembers members = json -> json.writeNumberField("conversation", id.value());
    return members.and(fault);
  }
}
