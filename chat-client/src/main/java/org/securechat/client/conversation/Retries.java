package org.securechat.client.conversation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.securechat.client.failure.ChatException;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.UnavailableException;
import org.securechat.client.failure.UnreachableException;
import org.securechat.domain.identity.RandomSource;

/**
 * Repeats calls that may be repeated byte for byte: after a lost answer, a server that is away, or
 * too many requests. Waits as the server says, else twice as long each time, with jitter, so that
 * many clients do not come back at once. Immutable, safe for use by many threads.
 */
final class Retries {
  static final int MAX_TRIES = 6;
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** Lets time pass. */
  interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }

  private final Pause pause;
  private final RandomSource random;

  Retries(Pause pause, RandomSource random) {
    this.pause = pause;
    this.random = random;
  }

  /**
   * Does a call until it is answered, {@value #MAX_TRIES} times at most.
   *
   * @throws ChatException the last failure, or at once one that repeating does not mend
   */
  <T> T repeat(Supplier<T> call) {
    for (int tries = 1; ; tries++) {
      try {
        return call.get();
      } catch (UnavailableException | UnreachableException | RefusedException e) {
        if (!isPassing(e) || tries == MAX_TRIES || !waited(e, tries)) {
          throw e;
        }
      }
    }
  }

  private static boolean isPassing(ChatException failure) {
    return !(failure instanceof RefusedException refused)
        || refused.code() == RefusalCode.RATE_LIMITED;
  }

  /** Waits; false if that would be too long, or the thread is to stop. */
  boolean waited(ChatException failure, int tries) {
    Duration wait = asked(failure).orElseGet(() -> FIRST_WAIT.multipliedBy(1L << (tries - 1)));
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      return false;
    }
    try {
      pause.pause(wait.plus(jitter(wait)));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Optional<Duration> asked(ChatException failure) {
    if (failure instanceof RefusedException refused) {
      return refused.retryAfter();
    }
    return failure instanceof UnavailableException unavailable
        ? unavailable.retryAfter()
        : Optional.empty();
  }

  /** Up to half of it again. */
  private Duration jitter(Duration wait) {
    int share = ByteBuffer.wrap(random.bytes(Short.BYTES)).getShort() & 0xffff;
    return wait.multipliedBy(share).dividedBy(2L << Short.SIZE);
  }
}
