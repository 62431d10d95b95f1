package org.securechat.domain.credential;

import java.time.Instant;
import java.util.Optional;

/**
 * Counts attempts durably, so that neither a restart nor a second process gives a guesser a fresh
 * start.
 *
 * <p>Each call is atomic. Implementations are durable where the stores beside them are, safe for
 * use by many threads, and pass {@code AttemptStoreContract} in chat-testkit.
 */
public interface AttemptStore {

  /**
   * Counts one attempt as {@link AttemptRule#charge} says, unless the counter blocks at {@code
   * now}; then nothing is counted.
   *
   * @return until when the counter blocks; empty if the attempt is let through
   */
  Optional<Instant> charge(AttemptCounter counter, AttemptRule rule, Instant now);

  /** Takes charges back, or clears the count, as the settlement says. */
  void settle(Settlement settlement);

  /**
   * Removes counts that began before an instant and block nothing at {@code now}.
   *
   * @param limit how many at most
   * @return how many were removed
   */
  int forgetBefore(AttemptCounter.Kind kind, Instant since, Instant now, int limit);
}
