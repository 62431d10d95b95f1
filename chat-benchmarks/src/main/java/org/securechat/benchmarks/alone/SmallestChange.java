package org.securechat.benchmarks.alone;

import java.time.Duration;
import java.time.Instant;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.credential.AttemptStore;
import org.securechat.domain.identity.UserId;

/**
 * The smallest change that a store makes, which is a counter: what the product's group commit costs
 * with next to nothing in it. May be used by many threads.
 */
public final class SmallestChange {
  private static final AttemptRule NEVER_BLOCKS =
      AttemptRule.inARow(Integer.MAX_VALUE, Duration.ofMinutes(1));

  private final AttemptStore attempts;

  public SmallestChange(AttemptStore attempts) {
    this.attempts = attempts;
  }

  /** Counts; durable when it returns. Each caller, from 0, has a counter of its own. */
  public void write(int caller) {
    AttemptCounter counter = AttemptCounter.signedFailuresOf(new UserId(caller + 1));
    if (attempts.charge(counter, NEVER_BLOCKS, Instant.EPOCH).isPresent()) {
      throw new IllegalStateException("The counter blocks");
    }
  }
}
