package org.securechat.domain.account;

import java.time.Instant;
import java.util.Optional;
import org.securechat.domain.credential.SecondFactor;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;

/**
 * Where second factors are looked up, and where new ones wait. They are spent by the store calls
 * that they are presented for.
 *
 * <p>Each call is atomic and durable on return; one that throws has changed nothing and left its
 * {@link Once} unspent. Implementations are safe for use by many threads and pass {@code
 * SecondFactorStoreContract} in chat-testkit.
 */
public interface SecondFactorStore {

  /**
   * Whether a factor can still be spent by its user. A true may be outdated at once; the call that
   * spends it decides.
   */
  boolean isUnspent(UserId user, SecondFactor factor);

  /** The ticket of a hash, whatever its age; empty if there is none, or it is spent. */
  Optional<IssuedTicket> findTicket(Sha256 ticketHash);

  /**
   * Issues a ticket for the factor that the user presented, which is spent; the charges are
   * settled.
   *
   * @return whether it was so; false, with nothing changed, if the proof doesn't stand any more or
   *     the account is gone
   */
  boolean issue(IssuedTicket ticket, Proof proof, Settlement settlement);

  /**
   * Keeps a new second factor until its first code comes, in place of one that waits already in the
   * same session; the factor that was presented, if one was, is spent, and the charges are settled.
   *
   * @return whether it was so; false, with nothing changed, if the proof doesn't stand any more
   * @throws RejectedException with REPLAYED_REQUEST or NOT_AUTHENTICATED if the actor's session is
   *     gone, looked at first and in this order
   */
  boolean beginReset(
      PendingReset reset, Proof proof, Settlement settlement, Actor actor, Once once);

  /** The second factor that waits in a session, whatever its age; empty if there is none. */
  Optional<PendingReset> findReset(Sha256 session);

  /**
   * Puts a new second factor in the place of the old: the old secret, its spent steps, its recovery
   * codes, the user's tickets and the sessions that one of those codes opened go, the new ones
   * come, the session is replaced by a full one, and the charges are settled.
   *
   * @return whether it was so; false, with nothing changed, if no such reset waits any more
   * @throws RejectedException with REPLAYED_REQUEST or NOT_AUTHENTICATED if the actor's session is
   *     gone, looked at first and in this order
   */
  boolean completeReset(CompletedReset completed, Actor actor, Once once);

  /**
   * Forgets spent steps that are too old to be accepted anyway.
   *
   * @param limit how many at most
   * @return how many were forgotten
   */
  int forgetStepsBefore(TotpStep step, int limit);

  /**
   * Removes tickets that were issued before an instant.
   *
   * @param limit how many at most
   * @return how many were removed
   */
  int removeTicketsBefore(Instant instant, int limit);

  /**
   * Removes resets that began before an instant.
   *
   * @param limit how many at most
   * @return how many were removed
   */
  int removeResetsBefore(Instant instant, int limit);
}
