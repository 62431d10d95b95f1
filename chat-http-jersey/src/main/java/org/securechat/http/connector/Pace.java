package org.securechat.http.connector;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Judges how fast a peer takes or sends bytes. Each byte buys it some time, of which it can save up
 * no more than a patience; who begins has all of it. So whoever stands still is lost after the
 * patience, and any transfer is over or lost after that and the time that its size buys. Only the
 * time that is spent waiting for the peer counts: what the server itself takes is not its fault.
 *
 * <p>Used by one thread that moves bytes, and watched by any.
 */
final class Pace {
  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private final int bytesPerSecond;
  private final long patience;
  private final LongSupplier nanos;
  private long left;
  private boolean waiting;
  private long since;

  Pace(int bytesPerSecond, Duration patience, LongSupplier nanos) {
    this.bytesPerSecond = bytesPerSecond;
    this.patience = patience.toNanos();
    this.nanos = nanos;
    this.left = this.patience;
  }

  /** From now on it is the peer's turn. */
  synchronized void waits() {
    waiting = true;
    since = nanos.getAsLong();
  }

  /** The peer has done what was waited for; if it took too long, it stays lost. */
  synchronized void moved(int bytes) {
    left -= nanos.getAsLong() - since;
    waiting = false;
    if (left >= 0) {
      left = Math.min(patience, left + bytes * NANOS / bytesPerSecond);
    }
  }

  synchronized boolean isLost(long now) {
    return left - (waiting ? now - since : 0) < 0;
  }
}
