package org.securechat.http.connector;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Judges how fast a peer takes or sends bytes. Only the time that is spent waiting for it counts:
 * what the server itself takes is not its fault. The peer has to keep the pace in each stretch of a
 * window's length, so that the time for a body grows with its size and not beyond it. The first
 * window is its grace.
 *
 * <p>Used by one thread that moves bytes, and watched by any.
 */
final class Pace {
  private final int bytesPerSecond;
  private final long window;
  private final LongSupplier nanos;
  private long waited;
  private long bytes;
  private boolean waiting;
  private long since;
  private boolean lost;

  Pace(int bytesPerSecond, Duration window, LongSupplier nanos) {
    this.bytesPerSecond = bytesPerSecond;
    this.window = window.toNanos();
    this.nanos = nanos;
  }

  /** From now on it is the peer's turn. */
  synchronized void waits() {
    waiting = true;
    since = nanos.getAsLong();
  }

  /** The peer has done what was waited for. */
  synchronized void moved(long count) {
    waited += nanos.getAsLong() - since;
    waiting = false;
    bytes += count;
    lost |= isBehind(waited);
    if (waited >= window) {
      waited = 0;
      bytes = 0;
    }
  }

  synchronized boolean isLost(long now) {
    return lost || isBehind(waiting ? waited + now - since : waited);
  }

  private boolean isBehind(long time) {
    return time > window && bytes < time / 1e9 * bytesPerSecond;
  }
}
