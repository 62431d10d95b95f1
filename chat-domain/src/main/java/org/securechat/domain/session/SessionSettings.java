package org.securechat.domain.session;

import java.time.Duration;

/**
 * How long sessions live.
 *
 * @param idle since the last use
 * @param lifetime since they were opened, used or not
 */
public record SessionSettings(Duration idle, Duration lifetime) {

  /** The wire contract's: 24 hours and 30 days. */
  public static SessionSettings defaults() {
    return new SessionSettings(Duration.ofHours(24), Duration.ofDays(30));
  }
}
