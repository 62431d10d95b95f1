package org.securechat.client.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.ConversationInfo;
import org.securechat.client.failure.ChatException;
import org.securechat.client.state.StateException;
import org.securechat.client.terminal.chat.ChatForm;
import org.securechat.client.terminal.chat.ChatInput;
import org.securechat.client.terminal.chat.SafeText;
import org.securechat.client.terminal.chat.Screen;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.content.MessageContent;

/**
 * Reads line after line, and does what each says. What goes wrong is told, and the chat goes on.
 */
final class ChatRoom {
  private static final String STOPPED = "Stopped.";
  private static final String WHAT_TO_DO = "/again sends it, /discard gives it up.";
  private static final int PROMPT_COLUMNS = 24;

  private final Conversation conversation;
  private final Participants participants;
  private final ChatView view;
  private final Screen screen;
  private final ChatForm form;
  private final Outbox outbox;
  private final ChatOrders orders;
  private int worst = TerminalClient.DONE;

  ChatRoom(
      Conversation conversation,
      Participants participants,
      ChatView view,
      Screen screen,
      ChatForm form,
      Outbox outbox,
      ChatOrders orders) {
    this.conversation = conversation;
    this.participants = participants;
    this.view = view;
    this.screen = screen;
    this.form = form;
    this.outbox = outbox;
    this.orders = orders;
  }

  /** Shows what the conversation is and its newest page. */
  void open(ConversationInfo info) {
    screen.print(form.opening(participants.about(conversation, info)));
    long readUpTo =
        info.participants().orElse(List.of()).stream()
            .filter(each -> participants.isSelf(each.user()))
            .mapToLong(ConversationInfo.Participant::readUpTo)
            .findFirst()
            .orElse(0);
    view.open(readUpTo);
    view.markRead();
    tellWaiting("Not sent the last time");
  }

  private void tellWaiting(String why) {
    List<String> waiting = outbox.waiting();
    if (!waiting.isEmpty()) {
      screen.complain(
          form.complaint(
              why + ": \u201c" + String.join("\u201d, \u201c", waiting) + "\u201d. " + WHAT_TO_DO));
    }
  }

  /**
   * Goes on until the user has had enough.
   *
   * @return the exit code of the last line that failed, if one did
   */
  int run() {
    Optional<String> line = screen.read(prompt());
    while (line.isPresent() && handle(line.get())) {
      line = screen.read(prompt());
    }
    tellWaiting("Kept on this device until it can be sent");
    return worst;
  }

  private String prompt() {
    String name =
        conversation.name().orElseGet(() -> String.join(", ", participants.others(conversation)));
    String lifetime =
        outbox.lifetime().isZero() ? "" : " (" + Lifetime.text(outbox.lifetime()) + ")";
    return SafeText.line(name.isBlank() ? "you" : name, PROMPT_COLUMNS) + lifetime;
  }

  private boolean handle(String line) {
    try {
      ChatInput input = ChatInput.parse(line);
      if (input instanceof ChatInput.Order order) {
        screen.status("\u2026");
        return orders.execute(order);
      }
      if (input instanceof ChatInput.Text text && !text.body().isEmpty()) {
        screen.status("\u2026");
        outbox.send(new MessageContent.Text(text.body(), Optional.empty()));
        view.refresh();
      }
    } catch (ChatInput.NotUnderstoodException e) {
      complain(TerminalClient.USAGE, e.sentence());
    } catch (UsageException e) {
      complain(TerminalClient.USAGE, String.valueOf(e.getMessage()));
    } catch (InvalidValueException e) {
      complain(TerminalClient.USAGE, e.sentence() + ".");
    } catch (StateException e) {
      complain(TerminalClient.USAGE, Thread.interrupted() ? STOPPED : e.sentence());
      tellNotSent();
    } catch (IOException | UncheckedIOException e) {
      complain(
          TerminalClient.USAGE,
          Thread.interrupted() ? STOPPED : "The file can't be read or written.");
    } catch (ChatException e) {
      fail(e);
    }
    return true;
  }

  private void fail(ChatException failure) {
    // Ctrl-C while something was going on: that ends, and the chat goes on.
    String sentences = Thread.interrupted() ? STOPPED : Sentences.of(failure);
    complain(Sentences.exitCode(failure), sentences);
    tellNotSent();
  }

  private void tellNotSent() {
    outbox
        .takeRefused()
        .ifPresent(text -> screen.complain(form.complaint("Not sent: \u201c" + text + "\u201d.")));
    tellWaiting("Not sent");
  }

  private void complain(int exitCode, String sentences) {
    worst = exitCode;
    screen.complain(form.complaint(sentences));
  }
}
