package org.securechat.domain.session;

import java.time.Duration;
import java.time.Instant;

/**
 * How long sessions live.
 *
 * @param idle since the last use
 * @param lifetime since they were opened, used or not
 * @param perUser how many a user may have; one more ends the one that was used longest ago
 */
public record SessionSettings(Duration idle, Duration lifetime, int perUser) {

  public SessionSettings {
    if (perUser < 1) {
      throw new IllegalArgumentException("A user may have at least one session");
    }
  }

  /** Whether a session has not ended by itself. */
  boolean isLive(Session session, Instant now) {
    return now.isBefore(session.lastUsedAt().plus(idle))
        && now.isBefore(session.createdAt().plus(lifetime));
  }

  /** The wire contract's 24 hours and 30 days, and 100 sessions. */
  public static SessionSettings defaults() {
    return new SessionSettings(Duration.ofHours(24), Duration.ofDays(30), 100);
  }
}
