package org.securechat.client.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server answered, and refused. Nothing was changed, but for {@code replayed_request}: there
 * the same request had been accepted before. Its words are cut to a bound and have question marks
 * in place of control characters: 64 characters of code and field names, 512 of sentences, 64
 * fields.
 */
public final class RefusedException extends ChatException {
  private final int status;
  private final String wireCode;
  private final transient Map<String, String> fields;
  private final transient @Nullable Duration retryAfter;
  private final transient @Nullable Instant serverTime;

  /**
   * A refusal as it was received.
   *
   * @param wireCode the member {@code code}; empty where there was none
   */
  public RefusedException(
      int status,
      String wireCode,
      String sentence,
      Map<String, String> fields,
      @Nullable Duration retryAfter,
      @Nullable Instant serverTime) {
    super(sentence, null);
    this.status = status;
    this.wireCode = wireCode;
    this.fields = Map.copyOf(fields);
    this.retryAfter = retryAfter;
    this.serverTime = serverTime;
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

  /** Each bad field by its name on the wire, with a sentence; empty unless INVALID_REQUEST. */
  public Map<String, String> fields() {
    return fields;
  }

  /** How long to wait before asking again, where the server says so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The server's time, where the reason is TIMESTAMP_OUT_OF_RANGE. */
  public Optional<Instant> serverTime() {
    return Optional.ofNullable(serverTime);
  }
}
