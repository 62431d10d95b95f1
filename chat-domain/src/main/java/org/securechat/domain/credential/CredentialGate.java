package org.securechat.domain.credential;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.rejection.UnavailableException;

/**
 * The one gate for every check of a credential. An attempt is charged durably before it is checked,
 * so that a thousand at once are not a thousand guesses; only a wrong guess stays charged.
 *
 * <p>Safe for use by many threads.
 */
public final class CredentialGate {
  private final AttemptStore attempts;
  private final PasswordHasher hasher;
  private final TotpCodes codes;
  private final CredentialSettings settings;
  private final Clock clock;

  public CredentialGate(
      AttemptStore attempts,
      PasswordHasher hasher,
      TotpCodes codes,
      CredentialSettings settings,
      Clock clock) {
    this.attempts = attempts;
    this.hasher = hasher;
    this.codes = codes;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Charges an attempt to the address that it comes from.
   *
   * @throws RejectedException with RATE_LIMITED while the address is blocked; nothing is charged
   */
  public Charges chargeAddress(RemoteAddress address) {
    Charges charges = new Charges();
    if (counts(address)) {
      AttemptCounter counter = AttemptCounter.failuresFrom(address);
      charge(counter, settings.address());
      charges.add(counter, settings.address());
    }
    return charges;
  }

  /**
   * Charges an attempt to the account whose key signed it.
   *
   * @throws RejectedException with RATE_LIMITED while the account is blocked; nothing is charged
   */
  public void chargeAccount(UserId user, Charges charges) {
    AttemptCounter counter = AttemptCounter.signedFailuresOf(user);
    charge(counter, settings.account());
    charges.addClearedBySuccess(counter, settings.account());
  }

  /**
   * Charges a registration to its address.
   *
   * @throws RejectedException with RATE_LIMITED when the address has registered enough
   */
  public Charges chargeRegistration(RemoteAddress address) {
    Charges charges = new Charges();
    if (counts(address)) {
      AttemptCounter counter = AttemptCounter.registrationsFrom(address);
      charge(counter, settings.registrations());
      charges.add(counter, settings.registrations());
    }
    return charges;
  }

  /**
   * Runs what was charged before. It stays charged if it ends as a wrong guess; whatever else ends
   * it early, be it a replay or a fault of the server, is given back.
   */
  public <T> T judge(Charges charges, Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (RuntimeException e) {
      if (!isWrongGuess(e)) {
        refund(charges, e);
      }
      throw e;
    }
  }

  private static boolean isWrongGuess(RuntimeException e) {
    return e instanceof RejectedException rejected
        && (rejected.reason() == Rejection.INVALID_CREDENTIALS
            || rejected.reason() == Rejection.INVALID_TOTP);
  }

  /** Makes a verifier for a password hash that is to be kept. */
  public PasswordVerifier enrol(PasswordHash received) {
    return hasher.hash(received);
  }

  /**
   * Checks a password and a code. Both are always checked, so that a wrong password and a wrong
   * code cost the same.
   *
   * @return the step that the code belongs to, which the sign-in spends
   * @throws RejectedException with INVALID_CREDENTIALS, whichever was wrong
   * @throws UnavailableException if the hasher has no time
   */
  public TotpStep check(
      PasswordVerifier verifier, PasswordHash presented, TotpSecret secret, TotpCode code) {
    boolean passwordMatches = hasher.matches(verifier, presented);
    Optional<TotpStep> step = codes.match(secret, code, clock.instant());
    if (!passwordMatches || step.isEmpty()) {
      throw RejectedException.of(Rejection.INVALID_CREDENTIALS);
    }
    return step.get();
  }

  /**
   * Checks the code that proves that a new secret has arrived.
   *
   * @throws RejectedException with INVALID_TOTP
   */
  public TotpStep checkNewSecret(TotpSecret secret, TotpCode code) {
    return codes
        .match(secret, code, clock.instant())
        .orElseThrow(() -> RejectedException.of(Rejection.INVALID_TOTP));
  }

  private boolean counts(RemoteAddress address) {
    return settings.countLoopback() || !address.loopback();
  }

  private void charge(AttemptCounter counter, AttemptRule rule) {
    Instant now = clock.instant();
    Optional<Instant> blockedUntil = attempts.charge(counter, rule, now);
    if (blockedUntil.isPresent()) {
      throw RejectedException.rateLimited(Duration.between(now, blockedUntil.get()));
    }
  }

  private void refund(Charges charges, RuntimeException reason) {
    try {
      attempts.settle(charges.unjudged());
    } catch (UnavailableException e) {
      // The answer is the first reason; a charge too many only makes the next block come sooner.
      reason.addSuppressed(e);
    }
  }
}
