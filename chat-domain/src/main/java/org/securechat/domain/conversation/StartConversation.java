package org.securechat.domain.conversation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.securechat.domain.event.Change;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;

/** Use case: somebody begins a conversation and invites the others. */
public final class StartConversation {
  private final ConversationStore conversations;
  private final ReadConversation reading;
  private final SignatureVerifier signatures;
  private final ConversationSettings settings;
  private final EventBus events;
  private final RandomSource random;
  private final Clock clock;

  StartConversation(
      ConversationStore conversations,
      ReadConversation reading,
      SignatureVerifier signatures,
      ConversationSettings settings,
      EventBus events,
      RandomSource random,
      Clock clock) {
    this.conversations = conversations;
    this.reading = reading;
    this.signatures = signatures;
    this.settings = settings;
    this.events = events;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Begins a conversation: the caller has joined it and is its admin, the other members of the
   * statement are invited.
   *
   * @param group as the statement names it
   * @throws RejectedException with INVALID_STATEMENT, INVALID_REQUEST for too many members,
   *     REPLAYED_REQUEST, NOT_AUTHENTICATED if the session ended meanwhile, FORBIDDEN if a member
   *     has no account or blocks the caller, INVALID_STATEMENT if a name or key is not the
   *     account's, INCOMPLETE_KEYS, QUOTA_EXCEEDED for too many unanswered invitations,
   *     GROUP_ID_TAKEN, or RATE_LIMITED for too many conversations in a day; in this order
   */
  public ConversationView start(
      SignedCaller caller, GroupId group, Optional<ConversationName> name, EpochForm form) {
    EpochProposal proposal = EpochProposal.read(form, caller.caller(), signatures, settings);
    if (proposal.statement().epoch() != 1) {
      throw RejectedException.invalidStatement("A conversation begins with epoch 1");
    }
    if (!proposal.statement().group().equals(group)) {
      throw RejectedException.invalidStatement("Its group must be the request's");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ConversationId id = ConversationId.random(random);
    NewConversation conversation =
        new NewConversation(
            id,
            group,
            now,
            now.minus(ConversationSettings.STARTS_WINDOW),
            proposal.begin(name, now));
    conversations.create(
        conversation,
        circumstances -> require(proposal, circumstances, now),
        caller.caller().actor(),
        caller.once());
    events.publish(new Change.Reshaped(id, proposal.statement().users()));
    return reading.read(caller.caller(), id);
  }

  private void require(EpochProposal proposal, StartCircumstances circumstances, Instant now) {
    proposal.requireFits(circumstances.newcomers());
    if (circumstances.groupTaken()) {
      throw RejectedException.of(Rejection.GROUP_ID_TAKEN);
    }
    if (circumstances.started() >= settings.startsPerDay()) {
      Instant first = circumstances.firstStarted().orElse(now);
      throw RejectedException.rateLimited(
          Duration.between(now, first.plus(ConversationSettings.STARTS_WINDOW)));
    }
  }
}
