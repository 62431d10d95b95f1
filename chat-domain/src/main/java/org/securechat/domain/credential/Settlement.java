package org.securechat.domain.credential;

import java.util.List;

/**
 * What becomes of the charges of an attempt that did not fail.
 *
 * @param cleared counts that start anew
 * @param refunded charges that are taken back, each by its own rule; a count that is gone stays
 *     gone
 */
public record Settlement(List<AttemptCounter> cleared, List<Refund> refunded) {

  public Settlement {
    cleared = List.copyOf(cleared);
    refunded = List.copyOf(refunded);
  }

  /** One charge to take back. */
  public record Refund(AttemptCounter counter, AttemptRule rule) {}
}
