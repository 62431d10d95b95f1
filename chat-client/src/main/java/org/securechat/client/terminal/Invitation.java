package org.securechat.client.terminal;

import java.util.List;
import java.util.Optional;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.terminal.chat.ChatForm;
import org.securechat.client.terminal.chat.Screen;

/** Tells somebody who was invited by whom, and asks what they want. */
final class Invitation {
  private final Conversation conversation;
  private final Participants participants;
  private final Screen screen;
  private final ChatForm form;

  Invitation(Conversation conversation, Participants participants, Screen screen, ChatForm form) {
    this.conversation = conversation;
    this.participants = participants;
    this.screen = screen;
    this.form = form;
  }

  /** Asks, and joins or leaves as the answer says. */
  boolean isAccepted() {
    screen.print(form.note(words()));
    Optional<String> answer = screen.ask("Type yes to accept, no to decline: ");
    return switch (answer.orElse("").strip()) {
      case "yes" -> {
        conversation.join();
        yield true;
      }
      case "no" -> {
        conversation.leave();
        screen.print(form.note("Declined."));
        yield false;
      }
      default -> {
        screen.print(form.note("Nothing was decided; the invitation stays."));
        yield false;
      }
    };
  }

  private String words() {
    String inviter = participants.name(conversation, conversation.epoch().author());
    List<String> others =
        participants.others(conversation).stream().filter(name -> !name.equals(inviter)).toList();
    return inviter
        + " invites you to a conversation"
        + (others.isEmpty() ? "" : " with " + String.join(", ", others))
        + ". You will see what is said from the invitation on.";
  }
}
