package org.securechat.client.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.securechat.client.ChatSession;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.ConversationInfo;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.client.failure.ChatException;
import org.securechat.client.failure.ServerLiedException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.terminal.chat.SafeText;
import org.securechat.protocol.key.DoesNotOpenException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code client conversations}: all of them, with what is new. */
@Command(
    name = "conversations",
    description =
        "List conversations and invitations, the most recently active first; asks for the"
            + " password. Names are end-to-end encrypted, so each conversation is read.",
    mixinStandardHelpOptions = true)
final class ConversationsCommand implements Callable<Integer> {
  private static final int NAME_COLUMNS = 40;

  private final Surroundings surroundings;

  @Mixin private final CommonOptions options = new CommonOptions();

  ConversationsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws DoesNotOpenException {
    try (Workplace work = new Workplace(surroundings, options)) {
      return list(work);
    }
  }

  private static int list(Workplace work) throws DoesNotOpenException {
    ChatSession session = work.signedIn();
    Conversations conversations = work.conversations(session);
    Participants participants =
        new Participants(session.saved().account().id(), conversations.contacts());
    List<ConversationInfo> all = conversations.list();
    int code = TerminalClient.DONE;
    for (ConversationInfo info : all) {
      try {
        Conversation conversation = conversations.open(info.id());
        Line line = new Line(info, conversation, participants);
        work.print(line.text(), line.json());
      } catch (ServerLiedException | ChangedIdentityException | UntrustedAnswerException e) {
        // One that must not be used is no reason to hide the others.
        code = TerminalClient.UNTRUSTED;
        work.print(failed(info, e), failedJson(info, e));
      }
    }
    if (all.isEmpty()) {
      work.say("There are none yet: client chat USER starts one.");
    }
    return code;
  }

  private static String failed(ConversationInfo info, ChatException failure) {
    return String.format(
        Locale.ROOT, "%-16d  not shown: %s", info.id().value(), Sentences.of(failure));
  }

  private static JsonMembers failedJson(ConversationInfo info, ChatException failure) {
    return json -> {
      json.writeNumberField("conversation", info.id().value());
      json.writeStringField("error", Sentences.of(failure));
    };
  }

  /** A conversation in the list. */
  private record Line(ConversationInfo info, Conversation conversation, Participants participants) {

    private List<String> others() {
      return participants.others(conversation);
    }

    private String inviter() {
      return participants.name(conversation, conversation.epoch().author());
    }

    String text() {
      List<String> parts = new ArrayList<>();
      if (!conversation.isJoined()) {
        parts.add("invited by " + inviter());
      } else if (info.unread() > 0) {
        parts.add(info.unread() + " unread");
      }
      Optional<String> name = conversation.name();
      name.ifPresent(text -> parts.add("\u201c" + SafeText.line(text, NAME_COLUMNS) + "\u201d"));
      parts.add(others().isEmpty() ? "nobody else" : "with " + String.join(", ", others()));
      return String.format(Locale.ROOT, "%-16d  %s", info.id().value(), String.join("  ", parts));
    }

    JsonMembers json() {
      return json -> {
        json.writeNumberField("conversation", info.id().value());
        json.writeStringField("name", conversation.name().orElse(null));
        json.writeArrayFieldStart("others");
        for (String other : others()) {
          json.writeString(other);
        }
        json.writeEndArray();
        json.writeBooleanField("joined", conversation.isJoined());
        json.writeStringField("invited_by", conversation.isJoined() ? null : inviter());
        json.writeNumberField("unread", info.unread());
        json.writeNumberField("last", info.last());
      };
    }
  }
}
