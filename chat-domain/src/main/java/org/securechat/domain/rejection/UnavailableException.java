package org.securechat.domain.rejection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that the call needs is away or has too much to do: the database, the password hasher.
 * It is not known whether the change took place; asking again with the same signed request is safe.
 */
public final class UnavailableException extends RuntimeException {
  private final transient Duration retryAfter;

  /**
   * Says what is away.
   *
   * @param what what is away, for the log; no user's data
   * @param retryAfter when to ask again
   */
  public UnavailableException(String what, Duration retryAfter, @Nullable Throwable cause) {
    super(what, cause);
    this.retryAfter = retryAfter;
  }

  /** When to ask again. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
