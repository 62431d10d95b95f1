package org.securechat.domain.request;

import java.time.Duration;

/**
 * How signed requests are judged.
 *
 * @param maxAge how far in the past a request may have been signed, inclusive
 * @param maxSkew how far in the future, inclusive
 * @param contextRequired whether also the five original endpoints want {@code _ctx}
 */
public record RequestSettings(Duration maxAge, Duration maxSkew, boolean contextRequired) {

  public RequestSettings {
    if (maxAge.isNegative() || maxAge.isZero() || maxSkew.isNegative()) {
      throw new IllegalArgumentException("maxAge must be positive and maxSkew not negative");
    }
  }

  /** The wire contract's: 300 s back, 30 s ahead, context where the contract wants it. */
  public static RequestSettings defaults() {
    return new RequestSettings(Duration.ofSeconds(300), Duration.ofSeconds(30), false);
  }
}
