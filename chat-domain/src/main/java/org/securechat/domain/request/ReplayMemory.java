package org.securechat.domain.request;

import java.time.Instant;

/**
 * The signed requests that were used and are not yet too old to be accepted anyway. They are added
 * by the store calls that spend a {@link Once}; here they are looked up and forgotten.
 *
 * <p>Implementations are durable where the stores beside them are, safe for use by many threads,
 * and pass {@code ReplayMemoryContract} in chat-testkit.
 */
public interface ReplayMemory {

  /**
   * Whether the request was used. A false may be outdated at once; the store call that spends it
   * decides.
   */
  boolean seen(Once once);

  /**
   * When requests must have been signed, at the earliest, for the memory to know whether they were
   * used. Later than {@link Instant#EPOCH} only where the stores were restored from a copy: what
   * was used between the making of the copy and its opening is not in it. Stays the same as long as
   * the stores are open.
   */
  Instant acceptedFrom();

  /**
   * Forgets requests that were signed before an instant, in one atomic step.
   *
   * @param limit how many at most, so that no writer waits for long
   * @return how many were forgotten
   */
  int forgetBefore(Instant signedAt, int limit);
}
