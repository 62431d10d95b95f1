package org.securechat.http.answer;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.securechat.domain.rejection.UnavailableException;

/**
 * Bounds what requests hold on the heap while they wait for their clients: without it, some hundred
 * clients that send or read slowly would fill it. What is small is free, so that nobody who holds
 * much keeps others from what is usual.
 *
 * <p>Safe for use by many threads.
 */
public final class HeapBudget {
  /** What a request may hold without being counted; the number of connections bounds these. */
  public static final int FREE_BYTES = 16 * 1024;

  /** What all others may hold together. */
  public static final int DEFAULT_BYTES = 96 * 1024 * 1024;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Semaphore bytes;
  private final String exhausted;

  /**
   * Made once, for all requests.
   *
   * @param bytes more than any one request holds
   * @param exhausted what the log says when there is no room
   */
  public HeapBudget(int bytes, String exhausted) {
    this.bytes = new Semaphore(bytes);
    this.exhausted = exhausted;
  }

  /**
   * Takes a share of the budget.
   *
   * @param size about how many bytes are held
   * @return gives the share back when it is closed, once
   * @throws UnavailableException if others hold too much
   */
  public Closeable hold(long size) {
    if (size <= FREE_BYTES) {
      return () -> {};
    }
    int share = (int) Math.min(size, Integer.MAX_VALUE);
    if (!bytes.tryAcquire(share)) {
      throw new UnavailableException(exhausted, RETRY_AFTER, null);
    }
    AtomicBoolean held = new AtomicBoolean(true);
    return () -> {
      if (held.getAndSet(false)) {
        bytes.release(share);
      }
    };
  }
}
