package org.securechat.domain.credential;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.securechat.domain.identity.Sha256;
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
  private final Semaphore unsignedTurns;

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
    this.unsignedTurns = new Semaphore(settings.unsignedAtOnce(), true);
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
   * Charges an attempt to the account whose key signed it. Its success also opens the door again
   * that too many unsigned failures have shut.
   *
   * @throws RejectedException with RATE_LIMITED while the account is blocked; nothing is charged
   */
  public void chargeAccount(UserId user, Charges charges) {
    chargeClearedBySuccess(AttemptCounter.signedFailuresOf(user), settings.account(), charges);
    charges.clearBySuccess(AttemptCounter.unsignedFailuresOf(user));
  }

  /**
   * Charges an attempt that nobody signed to the account that it names. Counted apart from the
   * signed ones, so that a stranger can't lock out the device that has the key.
   *
   * @throws RejectedException with RATE_LIMITED while the account is blocked or shut; nothing is
   *     charged
   */
  public void chargeUnsigned(UserId user, Charges charges) {
    chargeClearedBySuccess(
        AttemptCounter.unsignedFailuresOf(user), settings.unsignedAccount(), charges);
  }

  /**
   * Charges an attempt to a name that nobody has, as if it were an account.
   *
   * @param name a keyed hash of the name
   * @throws RejectedException with RATE_LIMITED while the name is blocked; nothing is charged
   */
  public void chargeUnknown(Sha256 name, Charges charges) {
    chargeClearedBySuccess(AttemptCounter.failuresOfUnknown(name), settings.unknownName(), charges);
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

  /**
   * Runs an attempt that nobody signed and that was charged before, when its turn comes: everybody
   * can make one, so they get a share of the hasher only.
   *
   * @throws UnavailableException if the turn does not come in time
   */
  public <T> T judgeUnsigned(Charges charges, Supplier<T> attempt) {
    return judge(
        charges,
        () -> {
          awaitTurn();
          try {
            return attempt.get();
          } finally {
            unsignedTurns.release();
          }
        });
  }

  private void awaitTurn() {
    Duration wait = CredentialSettings.UNSIGNED_WAIT;
    try {
      if (!unsignedTurns.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new UnavailableException("too many unsigned sign-ins at once", wait, null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("an unsigned sign-in was interrupted", wait, e);
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

  /** A verifier that no password hash matches, for names that nobody has. */
  public PasswordVerifier decoy() {
    return hasher.decoy();
  }

  /**
   * Checks a password and a second factor. Both are always checked, so that a wrong password and a
   * wrong factor cost the same.
   *
   * @param factor looks the factor up; empty when it is wrong
   * @throws RejectedException with INVALID_CREDENTIALS, whichever was wrong
   * @throws UnavailableException if the hasher has no time
   */
  public SecondFactor check(
      PasswordVerifier verifier, PasswordHash presented, Supplier<Optional<SecondFactor>> factor) {
    boolean passwordMatches = hasher.matches(verifier, presented);
    Optional<SecondFactor> right = factor.get();
    if (!passwordMatches || right.isEmpty()) {
      throw RejectedException.of(Rejection.INVALID_CREDENTIALS);
    }
    return right.get();
  }

  /**
   * Checks a password alone, where the session itself stands for the second factor.
   *
   * @throws RejectedException with INVALID_CREDENTIALS
   * @throws UnavailableException if the hasher has no time
   */
  public void checkPassword(PasswordVerifier verifier, PasswordHash presented) {
    if (!hasher.matches(verifier, presented)) {
      throw RejectedException.of(Rejection.INVALID_CREDENTIALS);
    }
  }

  /** The step that a code belongs to now; empty when it belongs to none. */
  public Optional<TotpStep> match(TotpSecret secret, TotpCode code) {
    return codes.match(secret, code, clock.instant());
  }

  /**
   * Checks the code that proves that a new secret has arrived.
   *
   * @throws RejectedException with INVALID_TOTP
   */
  public TotpStep checkNewSecret(TotpSecret secret, TotpCode code) {
    return match(secret, code).orElseThrow(() -> RejectedException.of(Rejection.INVALID_TOTP));
  }

  private boolean counts(RemoteAddress address) {
    return settings.countLoopback() || !address.loopback();
  }

  private void chargeClearedBySuccess(AttemptCounter counter, AttemptRule rule, Charges charges) {
    charge(counter, rule);
    charges.addClearedBySuccess(counter, rule);
  }

  private void charge(AttemptCounter counter, AttemptRule rule) {
    Instant now = clock.instant();
    Optional<Instant> blockedUntil = attempts.charge(counter, rule, now);
    if (blockedUntil.isPresent()) {
      throw RejectedException.rateLimited(told(Duration.between(now, blockedUntil.get()), rule));
    }
  }

  /**
   * What is shut for long is told as a block, for ever again: how long it really is differs between
   * an account and a name that nobody has.
   */
  private static Duration told(Duration wait, AttemptRule rule) {
    Duration block = rule.block();
    if (rule.closing() == null || block == null || wait.compareTo(block) <= 0) {
      return wait;
    }
    return block;
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
