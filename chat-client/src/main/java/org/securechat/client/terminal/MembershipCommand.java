package org.securechat.client.terminal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.securechat.client.ChatSession;
import org.securechat.client.User;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.Conversations;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.key.DoesNotOpenException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What changes who is in a conversation. */
abstract class MembershipCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "CONVERSATION",
      description = "The number that client conversations shows.")
  private long conversation;

  private MembershipCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    try (Workplace work = new Workplace(surroundings, options)) {
      return change(work);
    }
  }

  private int change(Workplace work) throws DoesNotOpenException {
    ConversationId id = new ConversationId(conversation);
    confirm(work);
    ChatSession session = work.signedIn();
    Conversations conversations = work.conversations(session);
    Conversation opened = conversations.open(id);
    String done = change(opened, new People(session, conversations.contacts()));
    work.print(
        done,
        json -> {
          json.writeNumberField("conversation", id.value());
          json.writeArrayFieldStart("members");
          for (Member member : opened.members()) {
            json.writeString(member.name().value());
          }
          json.writeEndArray();
        });
    return TerminalClient.DONE;
  }

  /** Asks, where what is to be done can't be taken back. */
  void confirm(Workplace work) {
    // Most can be.
  }

  /** Does it; the sentence that says so. */
  abstract String change(Conversation conversation, People people);

  private static void requireJoined(Conversation conversation) {
    if (!conversation.isJoined()) {
      throw new UsageException(
          "You are only invited: accept by client chat --conversation "
              + conversation.id().value()
              + ".");
    }
  }

  /** {@code client add}: invites people. */
  @Command(
      name = "add",
      description = "Add people to a conversation, as an admin of it; asks for the password.",
      mixinStandardHelpOptions = true)
  static final class Add extends MembershipCommand {
    @Parameters(index = "1..*", arity = "1..*", paramLabel = "USER", description = "Whom to add.")
    private List<String> users = new ArrayList<>();

    Add(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    String change(Conversation conversation, People people) {
      requireJoined(conversation);
      List<User> added = users.stream().map(people::ask).toList();
      conversation.add(added, Role.MEMBER);
      return "Added; they read what is said from here on, once they accept.";
    }
  }

  /** {@code client remove}: removes people. */
  @Command(
      name = "remove",
      description = "Remove people from a conversation, as an admin of it; asks for the password.",
      mixinStandardHelpOptions = true)
  static final class Remove extends MembershipCommand {
    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "USER",
        description = "Whom to remove.")
    private List<String> users = new ArrayList<>();

    Remove(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    String change(Conversation conversation, People people) {
      requireJoined(conversation);
      Set<UserId> removed = new HashSet<>();
      users.forEach(name -> removed.add(Participants.member(conversation, name).user()));
      conversation.remove(removed);
      return "Removed; they read nothing of what is said from here on.";
    }
  }

  /** {@code client leave}: leaves, or declines an invitation. */
  @Command(
      name = "leave",
      description =
          "Leave a conversation for good, or decline an invitation; asks for a confirmation and the"
              + " password.",
      mixinStandardHelpOptions = true)
  static final class Leave extends MembershipCommand {
    @Option(names = "--yes", description = "Don't ask for a confirmation.")
    private boolean yes;

    Leave(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    void confirm(Workplace work) {
      work.confirm(yes, "Leave for good? Type yes");
    }

    @Override
    String change(Conversation conversation, People people) {
      conversation.leave();
      return "Left.";
    }
  }
}
