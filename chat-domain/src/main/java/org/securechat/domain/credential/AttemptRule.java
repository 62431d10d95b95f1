package org.securechat.domain.credential;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many attempts are let through. Pure arithmetic over an {@link AttemptCount}: stores call it
 * between reading a count and writing it.
 *
 * @param limit every so many attempts a block starts
 * @param window in which they are counted; null counts all since the last success
 * @param block how long a block lasts; null until the window ends
 * @param closing null if every block ends by itself
 */
public record AttemptRule(
    int limit, @Nullable Duration window, @Nullable Duration block, @Nullable Closing closing) {

  /**
   * After how many attempts the door stays shut.
   *
   * @param limit counted from the last success
   * @param duration how long, if nobody opens it
   */
  public record Closing(int limit, Duration duration) {}

  public AttemptRule {
    if (limit < 1 || (window == null && block == null)) {
      throw new IllegalArgumentException("A rule has a limit, and a window or a block");
    }
  }

  /** Every {@code limit} failures in a row start a block. */
  public static AttemptRule inARow(int limit, Duration block) {
    return new AttemptRule(limit, null, block, null);
  }

  /** The same rule, with a long block once so many attempts have failed in a row. */
  public AttemptRule closingAfter(int attempts, Duration duration) {
    return new AttemptRule(limit, window, block, new Closing(attempts, duration));
  }

  /** {@code limit} failures within a window start a block. */
  public static AttemptRule within(int limit, Duration window, Duration block) {
    return new AttemptRule(limit, window, block, null);
  }

  /** No more than {@code limit} within a window. */
  public static AttemptRule quota(int limit, Duration window) {
    return new AttemptRule(limit, window, null, null);
  }

  /** How long a count matters after it began; zero if only a success ends it. */
  Duration memory() {
    if (window == null) {
      return Duration.ZERO;
    }
    return block == null ? window : window.plus(block);
  }

  /**
   * The count after one more attempt that begins now. Not to be called while the count blocks.
   *
   * @param current empty if nothing was counted yet
   */
  public AttemptCount charge(Optional<AttemptCount> current, Instant now) {
    AttemptCount before =
        current
            .filter(count -> !isOver(count, now))
            .orElseGet(() -> new AttemptCount(0, now, Optional.empty()));
    int attempts = before.attempts() + 1;
    return new AttemptCount(attempts, before.since(), blockedUntil(attempts, before.since(), now));
  }

  private Optional<Instant> blockedUntil(int attempts, Instant since, Instant now) {
    if (closing != null && attempts >= closing.limit()) {
      return Optional.of(now.plus(closing.duration()));
    }
    return attempts % limit == 0 ? Optional.of(blockEnd(since, now)) : Optional.empty();
  }

  /** The count after one attempt is taken back, and with it a block that it had started. */
  public AttemptCount refund(AttemptCount current) {
    int attempts = Math.max(0, current.attempts() - 1);
    boolean stillBlocks = window != null && attempts >= limit;
    return new AttemptCount(
        attempts, current.since(), stillBlocks ? current.blockedUntil() : Optional.empty());
  }

  private boolean isOver(AttemptCount count, Instant now) {
    return window != null
        && (count.blockedUntil().isPresent() || !now.isBefore(count.since().plus(window)));
  }

  private Instant blockEnd(Instant since, Instant now) {
    if (block != null) {
      return now.plus(block);
    }
    if (window == null) {
      throw new IllegalStateException("A rule has a window or a block");
    }
    return since.plus(window);
  }
}
