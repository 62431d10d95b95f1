package org.securechat.domain.conversation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.transcript.ConversationId;

/**
 * Where conversations and their participants are kept. What may be changed is decided by functions
 * of this package, which a store calls between loading and writing, with nobody else changing the
 * same conversation in between; it may call them again.
 *
 * <p>Each call is atomic and durable on return; one that throws has changed nothing and left its
 * {@link Once} unspent. Implementations are safe for use by many threads and pass {@code
 * ConversationStoreContract} in chat-testkit.
 */
public interface ConversationStore {

  /**
   * Begins a conversation, if the rules let it.
   *
   * @param rules throws a {@link RejectedException} that passes through
   * @throws RejectedException with REPLAYED_REQUEST or NOT_AUTHENTICATED, looked at first and in
   *     this order
   */
  void create(
      NewConversation conversation, Consumer<StartCircumstances> rules, Actor actor, Once once);

  /**
   * Changes a conversation as a decision says. When nobody is in it any more it has ended: nobody
   * gets at anything of it, and {@link #sweepEnded} removes it.
   *
   * @param decision a pure function, which may throw a {@link RejectedException} that passes
   *     through
   * @return what was written; empty, with {@code once} unspent, if there is no such conversation
   * @throws RejectedException with REPLAYED_REQUEST or NOT_AUTHENTICATED, looked at first and in
   *     this order
   */
  Optional<ConversationChange> change(
      ConversationId id,
      ChangeQuery query,
      Function<Circumstances, ConversationChange> decision,
      Actor actor,
      Once once);

  /** Somebody's part in a conversation; empty if they have none, or there is none. */
  Optional<Participant> participant(ConversationId id, UserId user);

  /** A conversation with all its participants; empty if the viewer is not in it. */
  Optional<ConversationView> view(ConversationId id, UserId viewer);

  /**
   * The conversations that a user is in and that come before a place in the order of activity, the
   * most recent first.
   *
   * @param before empty for the most recent of all
   * @param limit how many at most
   * @param listed the most participants that are listed; a conversation with more has none
   */
  List<ConversationView> listBefore(
      UserId viewer, Optional<ActivityMark> before, int limit, int listed);

  /** Those that come after a place in the order of activity, the least recent first. */
  List<ConversationView> listAfter(UserId viewer, ActivityMark after, int limit, int listed);

  /**
   * The parts that a user has in conversations, with how far each conversation has got, in the
   * order of the conversations' ids.
   */
  List<Standing> standings(UserId user);

  /**
   * Tells whether anything has changed for users: the value differs from the one before whenever an
   * entry was appended to one of a user's conversations, or the user came into one or went.
   *
   * @return one for each user who is in a conversation
   */
  Map<UserId, Long> fingerprints(Collection<UserId> users);

  /**
   * Forgets which conversations were begun before an instant.
   *
   * @param limit how many at most
   * @return how many were forgotten
   */
  int forgetStartedBefore(Instant instant, int limit);

  /**
   * Takes users whose account has ended out of conversations: they leave, and their messages lose
   * their content.
   *
   * @param limit how many conversations and messages at most, so that no writer waits for long
   * @return which conversations were left, and whether there is more to do
   */
  Swept sweepClosedAccounts(int limit);

  /**
   * Removes what is left of conversations that have ended.
   *
   * @param limit how many rows at most
   * @return whether there is more to do
   */
  boolean sweepEnded(int limit);

  /**
   * What a batch of {@link #sweepClosedAccounts} did.
   *
   * @param left conversations that somebody was taken out of
   * @param more whether there is more to do
   */
  record Swept(List<ConversationId> left, boolean more) {
    public Swept {
      left = List.copyOf(left);
    }
  }
}
