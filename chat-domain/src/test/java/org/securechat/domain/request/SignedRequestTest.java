package org.securechat.domain.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;

class SignedRequestTest {
  private static final RequestLine LINE = new RequestLine("POST", "/api/me");
  private static final String SIGNATURE = "00".repeat(64);

  private static SignedRequest read(
      @Nullable String signature, @Nullable String timestamp, @Nullable String data) {
    Envelope.DataText text =
        data == null ? null : Envelope.DataText.wrap(data.getBytes(StandardCharsets.UTF_8));
    return SignedRequest.of(new Envelope(signature, timestamp, text, null), LINE);
  }

  private static void assertRejected(
      Rejection reason,
      @Nullable String signature,
      @Nullable String timestamp,
      @Nullable String data) {
    assertEquals(
        reason,
        assertThrows(RejectedException.class, () -> read(signature, timestamp, data)).reason());
  }

  @Test
  void of_missingParts_namesTheFirst() {
    assertRejected(Rejection.SIGNATURE_REQUIRED, null, null, null);
    assertRejected(Rejection.TIMESTAMP_REQUIRED, SIGNATURE, null, null);
    assertRejected(Rejection.DATA_REQUIRED, SIGNATURE, "x", null);
    assertRejected(Rejection.INVALID_TIMESTAMP, SIGNATURE, "x", "{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1737302400\"", "1737302400.0", "1e3", "-1", "true", "[1]", "", "１"})
  void of_timestampOtherThanDigits_isInvalid(String timestamp) {
    assertRejected(Rejection.INVALID_TIMESTAMP, SIGNATURE, timestamp, "{}");
  }

  @Test
  void of_timestampBeyondAnyInstant_isFarAway() {
    assertEquals(Optional.of(Instant.MAX), read(SIGNATURE, "9".repeat(400), "{}").signedAt());
    assertEquals(
        Optional.of(Instant.ofEpochSecond(999_999_999_999L)),
        read(SIGNATURE, "9".repeat(12), "{}").signedAt());
  }

  @Test
  void of_wellFormed_digestsTheReceivedCharacters() {
    SignedRequest request = read(SIGNATURE, "1737302400", "{\"a\":\"\\u0041\"}");

    String signed = "{\"data\":{\"a\":\"\\u0041\"},\"timestamp\":1737302400}";
    assertEquals(Sha256.of(signed.getBytes(StandardCharsets.UTF_8)), request.digest());
    assertEquals(Optional.of(Instant.ofEpochSecond(1737302400)), request.signedAt());
  }

  private static SignedRequest streamed(@Nullable RequestContext context) {
    Envelope.DataText data = Envelope.DataText.wrap("{}".getBytes(StandardCharsets.UTF_8));
    return SignedRequest.ofStreamed(new Envelope(SIGNATURE, "1737302400", data, context), LINE);
  }

  private static RequestContext context(@Nullable String path, @Nullable String contentSha256) {
    return new RequestContext("POST", path, "0123456789abcdef", contentSha256);
  }

  @Test
  void ofStreamed_completeContext_claimsTheContent() {
    Sha256 content = Sha256.of(new byte[] {1});

    SignedRequest request = streamed(context("/api/me", content.toHex()));

    assertEquals(SignedRequest.Place.THIS, request.place());
    assertEquals(Optional.of(content), request.claimedContent());
    assertEquals(
        Optional.of(content),
        streamed(context("/api/me", content.toHex().toUpperCase(Locale.ROOT))).claimedContent());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "00", "zz", "sha-256"})
  void ofStreamed_noDigest_isAnotherPlace(@Nullable String digest) {
    SignedRequest request = streamed(context("/api/me", digest));

    assertEquals(SignedRequest.Place.ANOTHER, request.place());
    assertEquals(Optional.empty(), request.claimedContent());
  }

  @Test
  void ofStreamed_noContextOrAnother_staysWhatItIs() {
    assertEquals(SignedRequest.Place.UNSAID, streamed(null).place());
    assertEquals(SignedRequest.Place.ANOTHER, streamed(context("/api/x", "00".repeat(32))).place());
  }

  @Test
  void of_contextWithADigest_isNotLookedAt() {
    Envelope.DataText data = Envelope.DataText.wrap("{}".getBytes(StandardCharsets.UTF_8));

    SignedRequest request =
        SignedRequest.of(
            new Envelope(SIGNATURE, "1737302400", data, context("/api/me", "nonsense")), LINE);

    assertEquals(SignedRequest.Place.THIS, request.place());
    assertEquals(Optional.empty(), request.claimedContent());
  }
}
