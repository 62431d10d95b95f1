package org.securechat.domain.request;

import java.security.SignatureException;
import java.time.Clock;
import java.time.Instant;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;

/**
 * Verifies the signed requests of every endpoint. Two steps, because between them the caller finds
 * out who should have signed: first {@link #requireTimely}, then {@link #verify}.
 *
 * <p>Keeps no state of its own; safe for use by many threads.
 */
public final class VerifySignedRequest {
  private final SignatureVerifier verifier;
  private final ReplayMemory memory;
  private final RequestSettings settings;
  private final Clock clock;
  private final Instant acceptedFrom;

  public VerifySignedRequest(
      SignatureVerifier verifier, ReplayMemory memory, RequestSettings settings, Clock clock) {
    this.verifier = verifier;
    this.memory = memory;
    this.settings = settings;
    this.clock = clock;
    this.acceptedFrom = memory.acceptedFrom();
  }

  /**
   * Checks the signed time against the clock, and against what the replay memory can know. A
   * request without one passes: {@link #verify} refuses it.
   *
   * @throws RejectedException with TIMESTAMP_OUT_OF_RANGE and the server's time
   */
  public TimelyRequest requireTimely(SignedRequest request) {
    Instant now = clock.instant();
    Instant second = Instant.ofEpochSecond(now.getEpochSecond());
    Instant oldest = later(second.minus(settings.maxAge()), acceptedFrom);
    Instant newest = second.plus(settings.maxSkew());
    if (request.signedAt().filter(at -> at.isBefore(oldest) || at.isAfter(newest)).isPresent()) {
      throw RejectedException.timestampOutOfRange(now);
    }
    return new TimelyRequest(request);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * Checks place, signature and, for what may happen once only, that it has not happened yet.
   *
   * @param signer who should have signed; sound
   * @return the right to make the change, which the store call spends
   * @throws RejectedException with CONTEXT_REQUIRED, INVALID_SIGNATURE or REPLAYED_REQUEST, looked
   *     at in this order
   */
  public Once verify(TimelyRequest timely, SignatureRule rule, IdentityKey signer) {
    SignedRequest request = timely.request();
    if (request.place() == SignedRequest.Place.UNSAID
        && (rule.contextRequired() || settings.contextRequired())) {
      throw RejectedException.of(Rejection.CONTEXT_REQUIRED);
    }
    Instant signedAt = request.signedAt().orElseThrow(VerifySignedRequest::invalid);
    Signature signature = request.signature().orElseThrow(VerifySignedRequest::invalid);
    try {
      verifier.verify(signer, request.message(), signature);
    } catch (SignatureException e) {
      throw invalid();
    }
    // Only now, so that the time of an answer doesn't tell whether the named key is the signer's.
    if (request.place() == SignedRequest.Place.ANOTHER || !request.names(signer)) {
      throw invalid();
    }
    Once once = new Once(signedAt, signer, request.digest());
    if (rule.once() && memory.seen(once)) {
      throw RejectedException.replayedRequest();
    }
    return once;
  }

  private static RejectedException invalid() {
    return RejectedException.of(Rejection.INVALID_SIGNATURE);
  }
}
