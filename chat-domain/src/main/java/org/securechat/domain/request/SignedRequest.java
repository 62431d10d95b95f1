package org.securechat.domain.request;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;

/**
 * A request with everything that its signature is judged by; nothing is verified yet.
 *
 * @param line the place it was sent to
 * @param digest SHA-256 of the signed characters, which is what the key signs
 * @param signature empty when what was received can't be one
 * @param signedAt the signed time, whole seconds
 * @param context empty when the signed data names no place
 */
public record SignedRequest(
    RequestLine line,
    Sha256 digest,
    Optional<Signature> signature,
    Instant signedAt,
    Optional<RequestContext> context) {
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final byte[] BEFORE_DATA = "{\"data\":".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BEFORE_TIMESTAMP = ",\"timestamp\":".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "}".getBytes(StandardCharsets.UTF_8);

  /**
   * Reads an envelope. The signed characters are {@code {"data":D,"timestamp":T}} with D and T as
   * received.
   *
   * @throws RejectedException with SIGNATURE_REQUIRED, TIMESTAMP_REQUIRED, DATA_REQUIRED or
   *     INVALID_TIMESTAMP, looked at in this order
   */
  public static SignedRequest of(Envelope envelope, RequestLine line) {
    String signature = envelope.signature();
    if (signature == null) {
      throw RejectedException.of(Rejection.SIGNATURE_REQUIRED);
    }
    String timestamp = envelope.timestamp();
    if (timestamp == null) {
      throw RejectedException.of(Rejection.TIMESTAMP_REQUIRED);
    }
    Envelope.DataText data = envelope.data();
    if (data == null) {
      throw RejectedException.of(Rejection.DATA_REQUIRED);
    }
    Instant signedAt = parseTimestamp(timestamp);
    Sha256 digest =
        Sha256.of(
            BEFORE_DATA,
            data.utf8(),
            BEFORE_TIMESTAMP,
            timestamp.getBytes(StandardCharsets.UTF_8),
            END);
    return new SignedRequest(
        line,
        digest,
        Signature.parseHex(signature),
        signedAt,
        Optional.ofNullable(envelope.context()));
  }

  /** Unix seconds; a number beyond what an instant holds is an instant far outside any window. */
  private static Instant parseTimestamp(String text) {
    if (!DIGITS.matcher(text).matches()) {
      throw RejectedException.of(Rejection.INVALID_TIMESTAMP);
    }
    int longestInstant = 12;
    return text.length() > longestInstant
        ? Instant.MAX
        : Instant.ofEpochSecond(Long.parseLong(text));
  }
}
