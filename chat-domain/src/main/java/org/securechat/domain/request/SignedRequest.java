package org.securechat.domain.request;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;

/**
 * A request with everything that its signature is judged by, whichever scheme it came in; nothing
 * is verified yet. Immutable.
 */
public final class SignedRequest {
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final byte[] BEFORE_DATA = "{\"data\":".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BEFORE_TIMESTAMP = ",\"timestamp\":".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "}".getBytes(StandardCharsets.UTF_8);

  /** What the signed characters say of the place that the request was sent to. */
  enum Place {
    UNSAID,
    THIS,
    ANOTHER
  }

  private final byte[] message;
  private final Sha256 digest;
  private final Optional<Signature> signature;
  private final Optional<Instant> signedAt;
  private final Place place;
  private final Optional<Sha256> keyId;
  private final Optional<Sha256> claimedContent;

  private SignedRequest(
      byte[] message,
      Sha256 digest,
      Optional<Signature> signature,
      Optional<Instant> signedAt,
      Place place,
      Optional<Sha256> keyId,
      Optional<Sha256> claimedContent) {
    this.message = message;
    this.digest = digest;
    this.signature = signature;
    this.signedAt = signedAt;
    this.place = place;
    this.keyId = keyId;
    this.claimedContent = claimedContent;
  }

  /**
   * Reads an envelope. The signed characters are {@code {"data":D,"timestamp":T}} with D and T as
   * received; the key signs their SHA-256.
   *
   * @throws RejectedException with SIGNATURE_REQUIRED, TIMESTAMP_REQUIRED, DATA_REQUIRED or
   *     INVALID_TIMESTAMP, looked at in this order
   */
  public static SignedRequest of(Envelope envelope, RequestLine line) {
    return of(envelope, placeOf(envelope.context(), line), Optional.empty());
  }

  /**
   * Reads the envelope of a request whose body is not part of it and is still to come. Its context
   * must have the body's digest too; without one it is not this request's.
   *
   * @throws RejectedException like {@link #of}
   */
  public static SignedRequest ofStreamed(Envelope envelope, RequestLine line) {
    RequestContext context = envelope.context();
    Optional<Sha256> content = context == null ? Optional.empty() : context.content();
    Place place = placeOf(context, line);
    return of(envelope, place == Place.THIS && content.isEmpty() ? Place.ANOTHER : place, content);
  }

  private static SignedRequest of(Envelope envelope, Place place, Optional<Sha256> content) {
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
        digest.toByteArray(),
        digest,
        Signature.parseHex(signature),
        Optional.of(signedAt),
        place,
        Optional.empty(),
        content);
  }

  /**
   * Takes a request that was signed as an HTTP message (RFC 9421). Whoever calls this has made the
   * signature base of the request that was received, method, path and query included, so that it
   * can't have been signed for another place; and has compared the body with its digest.
   *
   * @param base the signature base in ASCII (RFC 9421, section 2.5), which is what the key signs
   * @param created whole seconds
   * @param keyId SHA-256 of the SubjectPublicKeyInfo that the request names as its signer's
   */
  public static SignedRequest ofMessage(
      byte[] base, Signature signature, Instant created, Sha256 keyId) {
    return new SignedRequest(
        base.clone(),
        Sha256.of(base),
        Optional.of(signature),
        Optional.of(created),
        Place.THIS,
        Optional.of(keyId),
        Optional.empty());
  }

  /**
   * This request, with the digest that its signature covers of a body that is still to come.
   *
   * @param content what was signed; nobody has compared it with anything yet
   */
  public SignedRequest claiming(Sha256 content) {
    return new SignedRequest(
        message, digest, signature, signedAt, place, keyId, Optional.of(content));
  }

  /**
   * Takes a request whose signature can't verify, whoever is meant to have made it: its place in
   * the order of checks is that of a bad signature, not an earlier one.
   *
   * @param signedAt the signed time, which is still judged; empty when none could be read
   */
  public static SignedRequest unverifiable(Optional<Instant> signedAt) {
    return new SignedRequest(
        new byte[0],
        Sha256.of(),
        Optional.empty(),
        signedAt,
        Place.THIS,
        Optional.empty(),
        Optional.empty());
  }

  private static Place placeOf(@Nullable RequestContext context, RequestLine line) {
    if (context == null) {
      return Place.UNSAID;
    }
    return context.binds(line) ? Place.THIS : Place.ANOTHER;
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

  /** The bytes that the key signs. */
  public byte[] message() {
    return message.clone();
  }

  /** SHA-256 of the signed characters, which tells this request from others of the same key. */
  public Sha256 digest() {
    return digest;
  }

  /** Empty when what was received can't be one. */
  public Optional<Signature> signature() {
    return signature;
  }

  /** The signed time, whole seconds; empty when none could be read, and then nothing verifies. */
  public Optional<Instant> signedAt() {
    return signedAt;
  }

  /**
   * The digest that the signed characters give of a body that is still to come. Whoever reads the
   * body compares it, and refuses another one with INVALID_SIGNATURE.
   *
   * @throws RejectedException with INVALID_SIGNATURE if they give none
   */
  public Sha256 requireClaimedContent() {
    return claimedContent.orElseThrow(() -> RejectedException.of(Rejection.INVALID_SIGNATURE));
  }

  Optional<Sha256> claimedContent() {
    return claimedContent;
  }

  Place place() {
    return place;
  }

  /** Whether the request names no key, or this one. */
  boolean names(IdentityKey signer) {
    return keyId.isEmpty() || keyId.get().equals(Sha256.of(signer.toSpki()));
  }

  /** The digest only: what is signed may hold secrets. */
  @Override
  public String toString() {
    return "SignedRequest[" + digest.toHex() + "]";
  }
}
