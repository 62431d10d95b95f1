package org.securechat.client.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The server's time, as far as it is known: this device's until the server names its own. */
final class ServerClock {
  private final Clock device;
  private volatile Duration offset = Duration.ZERO;

  ServerClock(Clock device) {
    this.device = device;
  }

  Instant now() {
    return device.instant().plus(offset);
  }

  void correct(Instant serverTime) {
    offset = Duration.between(device.instant(), serverTime);
  }
}
