package org.securechat.domain.account;

import java.time.Duration;

/**
 * How long a registration waits, and how often it may be tried.
 *
 * @param lifetime between its beginning and its confirmation
 * @param attempts wrong codes that end it
 */
public record RegistrationSettings(Duration lifetime, int attempts) {

  /** The wire contract's: 15 minutes, 5 codes. */
  public static RegistrationSettings defaults() {
    return new RegistrationSettings(Duration.ofMinutes(15), 5);
  }
}
