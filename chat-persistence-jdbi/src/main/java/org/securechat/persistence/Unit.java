package org.securechat.persistence;

import java.time.Duration;
import java.util.SortedSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.UnavailableException;

/**
 * One caller's work. The caller waits in {@link #await}, a writer does the rest; result and failure
 * are written before {@code ended} opens.
 */
final class Unit<T> {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private enum Stage {
    WAITING,
    BEGUN,
    GIVEN_UP
  }

  private final SortedSet<Long> locks;
  private final long bytes;
  private final Function<Tables, T> work;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final long madeAt = System.nanoTime();
  private @Nullable T result;
  private @Nullable Throwable thrown;
  private @Nullable Throwable batchFailure;

  /**
   * A unit.
   *
   * @param bytes about how many it writes, if they are many
   */
  Unit(Locks locks, long bytes, Function<Tables, T> work) {
    this.locks = locks.numbers();
    this.bytes = bytes;
    this.work = work;
  }

  /** What it decides about. */
  SortedSet<Long> locks() {
    return locks;
  }

  /** About how many bytes it writes. */
  long bytes() {
    return bytes;
  }

  /** How long ago its caller handed it in. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - madeAt);
  }

  /** Whether its caller has gone, so that it must not run. */
  boolean isGivenUp() {
    return stage.get() == Stage.GIVEN_UP;
  }

  /** Takes it from its caller, who waits to the end from now on; false if the caller has gone. */
  boolean begin() {
    return stage.compareAndSet(Stage.WAITING, Stage.BEGUN) || stage.get() == Stage.BEGUN;
  }

  /** Does the work, perhaps again. */
  void run(Tables tables) {
    result = null;
    thrown = null;
    result = work.apply(tables);
  }

  /** Its caller gets this in place of a result. */
  void refuse(Throwable refusal) {
    thrown = refusal;
  }

  void succeed() {
    ended.countDown();
  }

  /** It did not take place, or that is not known. */
  void fail(Throwable failure) {
    batchFailure = failure;
    ended.countDown();
  }

  T await(Duration patience) {
    if (!hasEndedWithin(patience) && stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP)) {
      throw unavailable("The database did not begin to write in time", null);
    }
    awaitEnd();
    if (batchFailure != null) {
      throw unavailable("The database could not write", batchFailure);
    }
    if (thrown instanceof RuntimeException refusal) {
      throw refusal;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    T value = result;
    if (value == null) {
      throw new IllegalStateException("A unit of work returned null");
    }
    return value;
  }

  /** Whether it takes place in time, for a caller who does not mind if it does so later. */
  boolean succeedsWithin(Duration patience) {
    if (!hasEndedWithin(patience)) {
      stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP);
      return false;
    }
    return batchFailure == null && thrown == null;
  }

  /** An interrupted caller has no patience: the unit is given up, unless it has begun. */
  private boolean hasEndedWithin(Duration patience) {
    try {
      return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void awaitEnd() {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          ended.await();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static UnavailableException unavailable(String what, @Nullable Throwable cause) {
    return new UnavailableException(what, RETRY_AFTER, cause);
  }
}
