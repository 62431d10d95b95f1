package org.securechat.domain.conversation;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.securechat.domain.event.Change;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.transcript.ConversationId;

/** Use case: somebody who is invited joins. */
public final class JoinConversation {
  private final ConversationStore conversations;
  private final ReadConversation reading;
  private final EventBus events;
  private final Clock clock;

  JoinConversation(
      ConversationStore conversations, ReadConversation reading, EventBus events, Clock clock) {
    this.conversations = conversations;
    this.reading = reading;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Joins a conversation; who has joined already stays so.
   *
   * @throws RejectedException with REPLAYED_REQUEST, NOT_AUTHENTICATED if the session ended
   *     meanwhile, or NOT_FOUND if the caller is not in the conversation
   */
  public ConversationView join(SignedCaller caller, ConversationId id) {
    UserId user = caller.caller().session().user();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ConversationChange change =
        conversations
            .change(
                id,
                ChangeQuery.NONE,
                circumstances -> join(circumstances, user, now),
                caller.caller().actor(),
                caller.once())
            .orElseThrow(RejectedException::notFound);
    if (!change.isNothing()) {
      events.publish(new Change.Reshaped(id, Set.of(user)));
    }
    return reading.read(caller.caller(), id);
  }

  private static ConversationChange join(Circumstances circumstances, UserId user, Instant now) {
    Participant participant = Participant.require(circumstances.head().participant(user));
    return participant.hasJoined()
        ? ConversationChange.nothing()
        : ConversationChange.join(participant.joined(now));
  }
}
