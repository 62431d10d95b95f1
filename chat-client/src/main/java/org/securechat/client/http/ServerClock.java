package org.securechat.client.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The server's time, as far as it is known: this device's until the server names its own. */
final class ServerClock {
  private static final Duration MAX_OFFSET = Duration.ofHours(24);

  /** A server accepts at least this around its own time, however it is set up. */
  private static final Duration LEAST_WINDOW = Duration.ofSeconds(1);

  private final Clock device;
  private volatile Duration offset = Duration.ZERO;

  ServerClock(Clock device) {
    this.device = device;
  }

  Instant now() {
    return device.instant().plus(offset);
  }

  /** The same time, for who wants a clock. */
  Clock asClock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return device.getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
      }

      @Override
      public Instant instant() {
        return now();
      }
    };
  }

  /**
   * Takes over the server's time, if it can be why the server refused what was signed at another
   * and this device may be that wrong. Otherwise a server could have requests signed for any time
   * to come.
   *
   * @return whether it was taken over
   */
  boolean correct(Instant signed, Instant serverTime) {
    Duration change = Duration.between(device.instant(), serverTime);
    if (change.abs().compareTo(MAX_OFFSET) > 0
        || Duration.between(signed, serverTime).abs().compareTo(LEAST_WINDOW) <= 0) {
      return false;
    }
    offset = change;
    return true;
  }
}
