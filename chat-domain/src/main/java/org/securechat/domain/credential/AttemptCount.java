package org.securechat.domain.credential;

import java.time.Instant;
import java.util.Optional;

/**
 * How often something was attempted.
 *
 * @param attempts charged and not taken back
 * @param since when the first of them was charged
 * @param blockedUntil until when no further one is let through
 */
public record AttemptCount(int attempts, Instant since, Optional<Instant> blockedUntil) {

  /** Whether no attempt is let through at an instant. */
  public boolean blocks(Instant now) {
    return blockedUntil.filter(now::isBefore).isPresent();
  }
}
