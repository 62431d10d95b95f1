package org.securechat.domain.timeline;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.event.Change;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.transcript.ConversationId;

/** Use case: a participant says how far they have read. */
public final class MarkRead {
  private final MessageStore messages;
  private final EventBus events;
  private final Clock clock;

  MarkRead(MessageStore messages, EventBus events, Clock clock) {
    this.messages = messages;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Moves the caller's mark forward; an earlier one changes nothing.
   *
   * @param upTo the last entry that was read, from 0
   * @return where the mark stands
   * @throws RejectedException with NOT_AUTHENTICATED if the session ended meanwhile, NOT_FOUND if
   *     the caller is not in the conversation, FORBIDDEN while they are only invited, or
   *     INVALID_REQUEST for an entry that is not there yet
   */
  public long mark(SignedCaller caller, ConversationId conversation, long upTo) {
    long standing =
        messages
            .markRead(
                conversation,
                upTo,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                facts -> require(facts, upTo),
                caller.caller().actor())
            .orElseThrow(RejectedException::notFound);
    if (standing == upTo) {
      events.publish(new Change.Read(conversation, caller.caller().session().user(), standing));
    }
    return standing;
  }

  private static void require(TimelineFacts facts, long upTo) {
    Participant.requireJoined(facts.participant());
    if (upTo > facts.tip().last()) {
      throw RejectedException.invalidFields(Map.of("up_to", "Must not lie beyond the last entry"));
    }
  }
}
