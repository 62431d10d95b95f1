package org.securechat.http.call;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A clock's time that never goes back: when the clock is set back, it goes on from where it was. A
 * bucket would otherwise not be filled again until the clock has caught up. For any thread.
 */
final class SteadyTime implements TimeMeter {
  private final Clock clock;
  private long lastRead;
  private long lost;

  SteadyTime(Clock clock) {
    this.clock = clock;
    this.lastRead = read();
  }

  @Override
  public synchronized long currentTimeNanos() {
    long now = read();
    if (now < lastRead) {
      lost += lastRead - now;
    }
    lastRead = now;
    return now + lost;
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }

  private long read() {
    Instant now = clock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }
}
