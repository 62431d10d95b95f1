package org.securechat.domain.timeline;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.Window;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.Caller;
import org.securechat.domain.transcript.ConversationId;

/** Use case: a participant reads a timeline, page by page. */
public final class ReadTimeline {
  /** Entries of one page. */
  public static final int MAX_LIMIT = 100;

  /** Ciphertexts and statements of one page; its first entry comes in any case. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private final ConversationStore conversations;
  private final MessageStore messages;
  private final Clock clock;

  ReadTimeline(ConversationStore conversations, MessageStore messages, Clock clock) {
    this.conversations = conversations;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * A page of what the caller may see.
   *
   * @param before only entries before this one
   * @param after only entries after this one; without it, the page ends at the newest
   * @param limit 1 to {@link #MAX_LIMIT}; there may be fewer even when there are more
   * @throws RejectedException with INVALID_REQUEST if both bounds are given, NOT_FOUND if the
   *     caller is not in the conversation, or FORBIDDEN while they are only invited
   */
  public Page page(
      Caller caller,
      ConversationId conversation,
      Optional<Long> before,
      Optional<Long> after,
      int limit) {
    PageRange.requireOneBound(before, after);
    Window window = requireJoined(caller, conversation).window();
    Page page = messages.page(conversation, PageRange.of(before, after, window), limit, MAX_BYTES);
    // Whoever was removed while the page was read gets nothing of what came after that.
    requireJoined(caller, conversation);
    return show(page, window, clock.instant());
  }

  private Participant requireJoined(Caller caller, ConversationId conversation) {
    return Participant.requireJoined(
        conversations.participant(conversation, caller.session().user()));
  }

  /** What a participant sees of a page, at this time. */
  public static Page show(Page page, Window window, Instant now) {
    return new Page(
        page.entries().stream().map(entry -> show(entry, window, now)).toList(), page.more());
  }

  private static Entry show(Entry entry, Window window, Instant now) {
    if (!window.showsWhole(entry.place().id())) {
      return entry.stub();
    }
    return entry instanceof Entry.Message message ? message.asOf(now) : entry;
  }
}
