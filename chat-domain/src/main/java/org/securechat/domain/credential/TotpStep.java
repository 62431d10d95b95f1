package org.securechat.domain.credential;

import java.time.Duration;
import java.time.Instant;

/**
 * A TOTP time step (RFC 6238, section 4.2). A user's step is accepted once.
 *
 * @param number whole periods since the Unix epoch
 */
public record TotpStep(long number) {
  /** How long a step lasts. */
  public static final Duration PERIOD = Duration.ofSeconds(30);

  /** The step that an instant lies in. */
  public static TotpStep at(Instant instant) {
    return new TotpStep(Math.floorDiv(instant.getEpochSecond(), PERIOD.toSeconds()));
  }

  /** The step that comes {@code count} steps later; earlier if negative. */
  public TotpStep plus(int count) {
    return new TotpStep(number + count);
  }
}
