package org.securechat.domain.conversation;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.securechat.domain.event.Change;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.transcript.ConversationId;

/**
 * Use case: a participant starts the next epoch, to add, remove or promote others, or to renew the
 * key.
 */
public final class StartEpoch {
  private final ConversationStore conversations;
  private final ReadConversation reading;
  private final SignatureVerifier signatures;
  private final ConversationSettings settings;
  private final EventBus events;
  private final Clock clock;

  StartEpoch(
      ConversationStore conversations,
      ReadConversation reading,
      SignatureVerifier signatures,
      ConversationSettings settings,
      EventBus events,
      Clock clock) {
    this.conversations = conversations;
    this.reading = reading;
    this.signatures = signatures;
    this.settings = settings;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Starts an epoch.
   *
   * @param epoch as the statement names it
   * @param name another one for the conversation, if it is to have one
   * @throws RejectedException with INVALID_STATEMENT, INVALID_REQUEST for too many members,
   *     REPLAYED_REQUEST, NOT_AUTHENTICATED if the session ended meanwhile, NOT_FOUND if the caller
   *     is not in the conversation, FORBIDDEN while they are only invited, EPOCH_CONFLICT,
   *     SEEN_MISMATCH, INVALID_STATEMENT if it does not continue the epoch before or lists who
   *     left, FORBIDDEN if the caller may not write such a list, or who is added has no account or
   *     blocks the caller, INVALID_STATEMENT if a name or key is not the account's,
   *     INCOMPLETE_KEYS, or QUOTA_EXCEEDED for too many unanswered invitations; in this order
   */
  public ConversationView start(
      SignedCaller caller,
      ConversationId id,
      long epoch,
      Optional<ConversationName> name,
      EpochForm form) {
    EpochProposal proposal = EpochProposal.read(form, caller.caller(), signatures, settings);
    if (proposal.statement().epoch() != epoch) {
      throw RejectedException.invalidStatement("Its epoch must be the request's");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ChangeQuery query =
        new ChangeQuery(proposal.statement().users(), proposal.statement().seen().entry());
    ConversationChange change =
        conversations
            .change(
                id,
                query,
                circumstances -> proposal.continueWith(circumstances, name, now),
                caller.caller().actor(),
                caller.once())
            .orElseThrow(RejectedException::notFound);
    events.publish(new Change.Reshaped(id, change.affected()));
    events.publish(new Change.Appended(id));
    return reading.read(caller.caller(), id);
  }
}
