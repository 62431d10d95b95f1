package org.securechat.domain.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;

class VerifySignedRequestTest {
  private static final Instant NOW = Instant.parse("2026-01-19T12:00:00.900Z");
  private static final RequestLine LINE = new RequestLine("POST", "/api/logout");
  private static final IdentityKey ALICE = IdentityKey.copyOf(new byte[32]);
  private static final String GOOD = "11".repeat(64);
  private static final RequestContext HERE =
      new RequestContext("POST", "/api/logout", "00".repeat(8));

  private final Set<Once> used = new HashSet<>();
  private Instant acceptedFrom = Instant.EPOCH;
  private int verifications;

  private VerifySignedRequest verify(boolean contextRequired) {
    SignatureVerifier verifier =
        new SignatureVerifier() {
          @Override
          public void verify(IdentityKey key, byte[] message, Signature signature)
              throws SignatureException {
            verifications++;
            if (!signature.toHex().equals(GOOD)) {
              throw new SignatureException();
            }
          }

          @Override
          public boolean isSound(IdentityKey key) {
            return true;
          }
        };
    ReplayMemory memory =
        new ReplayMemory() {
          @Override
          public boolean seen(Once once) {
            return used.contains(once);
          }

          @Override
          public Instant acceptedFrom() {
            return acceptedFrom;
          }

          @Override
          public int forgetBefore(Instant signedAt, int limit) {
            return 0;
          }
        };
    return new VerifySignedRequest(
        verifier,
        memory,
        new RequestSettings(Duration.ofMinutes(5), Duration.ofSeconds(30), contextRequired),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static SignedRequest request(
      long secondsFromNow, String signature, @Nullable RequestContext context) {
    Envelope envelope =
        new Envelope(
            signature,
            Long.toString(NOW.getEpochSecond() + secondsFromNow),
            Envelope.DataText.wrap("{}".getBytes(StandardCharsets.UTF_8)),
            context);
    return SignedRequest.of(envelope, LINE);
  }

  private Once verified(SignedRequest request, SignatureRule rule) {
    VerifySignedRequest verify = verify(false);
    return verify.verify(verify.requireTimely(request), rule, ALICE);
  }

  private static RejectedException assertRejected(Rejection reason, Executable call) {
    RejectedException e = assertThrows(RejectedException.class, call);
    assertEquals(reason, e.reason());
    return e;
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 0, 30})
  void requireTimely_withinTheWindow_isAccepted(long secondsFromNow) {
    verify(false).requireTimely(request(secondsFromNow, GOOD, null));
  }

  @Test
  void requireTimely_signedBeforeTheStoresWereRestored_tellsTheServersTime() {
    acceptedFrom = Instant.ofEpochSecond(NOW.getEpochSecond() - 10);

    RejectedException e =
        assertRejected(
            Rejection.TIMESTAMP_OUT_OF_RANGE,
            () -> verify(false).requireTimely(request(-11, GOOD, null)));

    assertEquals(Optional.of(NOW), e.serverTime());
    verify(false).requireTimely(request(-10, GOOD, null));
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 31, -1_700_000_000})
  void requireTimely_outsideTheWindow_tellsTheServersTime(long secondsFromNow) {
    RejectedException e =
        assertRejected(
            Rejection.TIMESTAMP_OUT_OF_RANGE,
            () -> verify(false).requireTimely(request(secondsFromNow, GOOD, null)));

    assertEquals(Optional.of(NOW), e.serverTime());
  }

  @Test
  void verify_goodSignature_givesTheRightToAct() {
    SignedRequest request = request(0, GOOD, null);

    assertEquals(
        new Once(request.signedAt().orElseThrow(), ALICE, request.digest()),
        verified(request, SignatureRule.ORIGINAL_ONCE));
  }

  @Test
  void verify_badOrMalformedSignature_isInvalid() {
    assertRejected(
        Rejection.INVALID_SIGNATURE,
        () -> verified(request(0, "22".repeat(64), null), SignatureRule.ORIGINAL_ONCE));
    assertRejected(
        Rejection.INVALID_SIGNATURE,
        () -> verified(request(0, "11", null), SignatureRule.ORIGINAL_ONCE));
  }

  @ParameterizedTest
  @EnumSource(
      value = SignatureRule.class,
      names = {"BOUND_ONCE", "BOUND_REPEATABLE"})
  void verify_noContextWhereItIsWanted_isRefusedBeforeTheSignature(SignatureRule rule) {
    assertRejected(Rejection.CONTEXT_REQUIRED, () -> verified(request(0, "bad", null), rule));
    assertEquals(0, verifications);
  }

  @ParameterizedTest
  @EnumSource(SignatureRule.class)
  void verify_contextRequiredEverywhere_isWantedByAll(SignatureRule rule) {
    VerifySignedRequest verify = verify(true);

    assertRejected(
        Rejection.CONTEXT_REQUIRED,
        () -> verify.verify(verify.requireTimely(request(0, GOOD, null)), rule, ALICE));
    verify.verify(verify.requireTimely(request(0, GOOD, HERE)), rule, ALICE);
  }

  @ParameterizedTest
  @EnumSource(SignatureRule.class)
  void verify_contextOfAnotherPlace_isInvalid(SignatureRule rule) {
    RequestContext elsewhere = new RequestContext("POST", "/api/me", "00".repeat(8));

    assertRejected(Rejection.INVALID_SIGNATURE, () -> verified(request(0, GOOD, elsewhere), rule));
    verified(request(0, GOOD, HERE), rule);
  }

  private static SignedRequest message(long secondsFromNow, String signature, Sha256 keyId) {
    return SignedRequest.ofMessage(
        "base".getBytes(StandardCharsets.US_ASCII),
        Signature.parseHex(signature).orElseThrow(),
        Instant.ofEpochSecond(NOW.getEpochSecond() + secondsFromNow),
        keyId);
  }

  @ParameterizedTest
  @EnumSource(SignatureRule.class)
  void verify_message_isBoundByConstruction(SignatureRule rule) {
    SignedRequest request = message(0, GOOD, Sha256.of(ALICE.toSpki()));
    VerifySignedRequest verify = verify(true);

    assertEquals(
        new Once(request.signedAt().orElseThrow(), ALICE, request.digest()),
        verify.verify(verify.requireTimely(request), rule, ALICE));
    assertEquals(Sha256.of("base".getBytes(StandardCharsets.US_ASCII)), request.digest());
  }

  @Test
  void verify_messageThatNamesAnotherKey_isInvalidAfterTheSameWork() {
    SignedRequest request = message(0, GOOD, Sha256.of(new byte[0]));

    assertRejected(
        Rejection.INVALID_SIGNATURE, () -> verified(request, SignatureRule.BOUND_REPEATABLE));
    assertEquals(1, verifications);
  }

  @Test
  void requireTimely_message_isHeldToTheSameWindow() {
    Sha256 keyId = Sha256.of(ALICE.toSpki());

    verify(false).requireTimely(message(-300, GOOD, keyId));
    assertRejected(
        Rejection.TIMESTAMP_OUT_OF_RANGE,
        () -> verify(false).requireTimely(message(31, GOOD, keyId)));
  }

  @ParameterizedTest
  @EnumSource(SignatureRule.class)
  void verify_unverifiable_isInvalidWithoutAnyWork(SignatureRule rule) {
    VerifySignedRequest verify = verify(true);
    for (Optional<Instant> signedAt : List.of(Optional.of(NOW), Optional.<Instant>empty())) {
      SignedRequest request = SignedRequest.unverifiable(signedAt);

      assertRejected(
          Rejection.INVALID_SIGNATURE,
          () -> verify.verify(verify.requireTimely(request), rule, ALICE));
    }
    assertEquals(0, verifications);
  }

  @Test
  void requireTimely_unverifiableWithATime_isJudgedByIt() {
    SignedRequest old = SignedRequest.unverifiable(Optional.of(NOW.minusSeconds(302)));

    assertRejected(Rejection.TIMESTAMP_OUT_OF_RANGE, () -> verify(false).requireTimely(old));
  }

  @ParameterizedTest
  @EnumSource(SignatureRule.class)
  void verify_usedRequest_isRefusedWhereItMayHappenOnce(SignatureRule rule) {
    SignedRequest request = request(0, GOOD, HERE);
    used.add(verified(request, rule));

    if (rule.once()) {
      assertRejected(Rejection.REPLAYED_REQUEST, () -> verified(request, rule));
    } else {
      verified(request, rule);
    }
  }
}
