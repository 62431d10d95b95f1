package org.securechat.client.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.failure.ChatException;
import org.securechat.client.terminal.chat.SafeText;
import org.securechat.protocol.content.MessageContent;

/** Sends texts, and keeps those that could not be sent. For one thread. */
final class Outbox {
  private static final int MAX_KEPT = 100;
  private static final int NAMED_COLUMNS = 60;

  private record Unsent(MessageContent content, Duration lifetime) {}

  private final Conversation conversation;
  private final Deque<Unsent> unsent = new ArrayDeque<>();
  private Duration lifetime = Duration.ZERO;

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

  boolean isEmpty() {
    return unsent.isEmpty();
  }

  /** Sends a text, or an edit, which lives as long as what it edits. */
  void send(MessageContent content) {
    send(new Unsent(content, content instanceof MessageContent.Edit ? Duration.ZERO : lifetime));
  }

  private void send(Unsent message) {
    try {
      conversation.send(message.content(), message.lifetime());
    } catch (ChatException e) {
      if (unsent.size() < MAX_KEPT) {
        unsent.addLast(message);
      }
      throw e;
    }
  }

  /** Sends what could not be sent, in its order, up to the first that still can't. */
  void sendAgain() {
    while (!unsent.isEmpty()) {
      Unsent next = unsent.getFirst();
      conversation.send(next.content(), next.lifetime());
      unsent.removeFirst();
    }
  }

  /** The beginnings of the texts that could not be sent, the newest last. */
  List<String> unsent() {
    return unsent.stream().map(each -> named(each.content())).toList();
  }

  private static String named(MessageContent content) {
    String body =
        content instanceof MessageContent.Text text
            ? text.body()
            : content instanceof MessageContent.Edit edit ? edit.body() : "";
    return SafeText.line(body, NAMED_COLUMNS);
  }
}
