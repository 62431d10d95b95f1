package org.securechat.domain.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.securechat.domain.event.Change;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.transcript.ConversationId;

/**
 * Somebody who waits for something to happen. One thread waits; any thread may wake it. What it is
 * told beside is bounded, and what does not fit is lost.
 */
final class Waiter {
  /** How many marks are kept for somebody who is not looking. */
  static final int MAX_READS = 100;

  private final UserId user;
  private final Set<ConversationId> followed = new HashSet<>();
  private final Lock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final List<Change.Read> reads = new ArrayList<>();
  private boolean signalled;
  private boolean givenUp;

  Waiter(UserId user) {
    this.user = user;
  }

  UserId user() {
    return user;
  }

  /** What it follows; for the thread that waits, and under the lock of {@link Waiters}. */
  Set<ConversationId> followed() {
    return followed;
  }

  /** Wakes it; at once, if it begins to wait later. */
  void wake() {
    lock.lock();
    try {
      signalled = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets it wait no more, so that another one can. */
  void giveUp() {
    lock.lock();
    try {
      givenUp = true;
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes it with a mark to tell. */
  void tell(Change.Read read) {
    lock.lock();
    try {
      if (reads.size() < MAX_READS) {
        reads.add(read);
      }
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** The marks that it was told, each once. */
  List<Change.Read> takeReads() {
    lock.lock();
    try {
      List<Change.Read> taken = List.copyOf(reads);
      reads.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until it is woken, or was since it waited last.
   *
   * @return how much of the time is left; zero if it was not woken
   * @throws RejectedException with RATE_LIMITED if it was given up
   */
  Duration await(Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!signalled && left > 0) {
        left = woken.awaitNanos(left);
      }
      if (givenUp) {
        throw RejectedException.rateLimited(Waiters.RETRY_AFTER);
      }
      boolean was = signalled;
      signalled = false;
      return was ? Duration.ofNanos(Math.max(1, left)) : Duration.ZERO;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Duration.ZERO;
    } finally {
      lock.unlock();
    }
  }
}
