package org.securechat.client.failure;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server, or something in front of it, failed (a status of 500 and above). Whether a change
 * took place is not known, as after no answer at all; the account says how things stand.
 */
public final class UnavailableException extends ChatException {
  private final int status;
  private final String wireCode;
  private final transient @Nullable Duration retryAfter;

  /**
   * A failure as it was received.
   *
   * @param wireCode the member {@code code}; empty where there was none
   */
  public UnavailableException(
      int status, String wireCode, String sentence, @Nullable Duration retryAfter) {
    super(sentence, null);
    this.status = status;
    this.wireCode = wireCode;
    this.retryAfter = retryAfter;
  }

  /** The reason, for programs. */
  public RefusalCode code() {
    return RefusalCode.of(wireCode);
  }

  /** The reason as the server named it, where {@link #code()} may not know it. */
  public String wireCode() {
    return wireCode;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** How long to wait before asking again, where the server says so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
