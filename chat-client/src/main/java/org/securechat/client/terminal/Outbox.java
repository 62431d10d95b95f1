package org.securechat.client.terminal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.failure.ChatException;
import org.securechat.client.state.StateException;
import org.securechat.client.state.UnsentMessage;
import org.securechat.client.terminal.chat.SafeText;
import org.securechat.protocol.content.MessageContent;

/** Sends texts, and names those that could not be sent. For one thread. */
final class Outbox {
  private static final int NAMED_COLUMNS = 60;

  private final Conversation conversation;
  private Duration lifetime = Duration.ZERO;
  private Optional<String> refused = Optional.empty();

  Outbox(Conversation conversation) {
    this.conversation = conversation;
  }

  /** How long the next texts live; zero for ever. */
  Duration lifetime() {
    return lifetime;
  }

  void lifetime(Duration next) {
    lifetime = next;
  }

  /** Sends a text. */
  void send(MessageContent.Text text) {
    trying(text.body(), () -> conversation.send(text, lifetime));
  }

  /** Sends another text in the place of an earlier one. */
  void edit(long message, String text) {
    trying(text, () -> conversation.edit(message, text));
  }

  private void trying(String text, Runnable sending) {
    int before = conversation.unsent().size();
    try {
      sending.run();
    } catch (ChatException | StateException e) {
      if (conversation.unsent().size() == before) {
        refused = Optional.of(SafeText.line(text, NAMED_COLUMNS));
      }
      throw e;
    }
  }

  /** The beginning of the text that was refused for good, or could not be kept, once. */
  Optional<String> takeRefused() {
    Optional<String> taken = refused;
    refused = Optional.empty();
    return taken;
  }

  /** Sends what could not be sent, in its order, up to the first that still can't. */
  void sendAgain() {
    conversation.sendUnsent();
  }

  /** Gives up what could not be sent. */
  void discard() {
    conversation.unsent().forEach(message -> conversation.discard(message.client()));
  }

  /** The beginnings of the texts that wait to be sent, the newest last. */
  List<String> waiting() {
    return conversation.unsent().stream().map(UnsentMessage::content).map(Outbox::named).toList();
  }

  private static String named(MessageContent content) {
    if (content instanceof MessageContent.Text text) {
      return SafeText.line(text.body(), NAMED_COLUMNS);
    }
    if (content instanceof MessageContent.Edit edit) {
      return SafeText.line(edit.body(), NAMED_COLUMNS);
    }
    if (content instanceof MessageContent.Reaction reaction) {
      return SafeText.line(reaction.emoji(), NAMED_COLUMNS);
    }
    return content instanceof MessageContent.Files files
        ? SafeText.line(files.files().get(0).name(), NAMED_COLUMNS)
        : "\u2026";
  }
}
