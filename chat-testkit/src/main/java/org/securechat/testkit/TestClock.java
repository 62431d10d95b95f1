package org.securechat.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it; UTC. Safe for use by many threads. */
public final class TestClock extends Clock {
  /** Where clocks of {@link #atNoon()} begin. */
  public static final Instant NOON = Instant.parse("2026-01-19T12:00:00Z");

  private Instant now;

  private TestClock(Instant start) {
    this.now = start;
  }

  public static TestClock atNoon() {
    return new TestClock(NOON);
  }

  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }
}
