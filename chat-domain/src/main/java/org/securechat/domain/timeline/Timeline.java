package org.securechat.domain.timeline;

import java.time.Clock;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.identity.SignatureVerifier;

/** The use cases of timelines. Safe for use by many threads. */
public final class Timeline {
  private final PostMessage post;
  private final DeleteMessage delete;
  private final MarkRead markRead;
  private final ReadTimeline read;

  public Timeline(
      MessageStore messages,
      ConversationStore conversations,
      SignatureVerifier signatures,
      TimelineSettings settings,
      EventBus events,
      Clock clock) {
    post = new PostMessage(messages, settings, events, clock);
    delete = new DeleteMessage(messages, signatures, events, clock);
    markRead = new MarkRead(messages, events, clock);
    read = new ReadTimeline(conversations, messages, clock);
  }

  public PostMessage post() {
    return post;
  }

  public DeleteMessage delete() {
    return delete;
  }

  public MarkRead markRead() {
    return markRead;
  }

  public ReadTimeline read() {
    return read;
  }
}
