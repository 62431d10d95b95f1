package org.securechat.domain.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.securechat.domain.credential.RecoveryCode;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionState;
import org.securechat.domain.session.SessionToken;
import org.securechat.domain.session.SignedCaller;

/**
 * Use case: a first code proves that the new second factor has arrived; it takes the old's place.
 */
public final class ConfirmReset {
  private final AccountTools tools;
  private final SecondFactorStore factors;
  private final RegistrationSettings settings;
  private final RandomSource random;
  private final Clock clock;

  ConfirmReset(
      AccountTools tools,
      SecondFactorStore factors,
      RegistrationSettings settings,
      RandomSource random,
      Clock clock) {
    this.tools = tools;
    this.factors = factors;
    this.settings = settings;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Confirms the reset that waits in the caller's session, which a new, full one replaces.
   *
   * @throws RejectedException with NO_PENDING_RESET, RATE_LIMITED, INVALID_TOTP, REPLAYED_REQUEST,
   *     or NOT_AUTHENTICATED if the session ended meanwhile
   */
  public Confirmed confirm(SignedCaller caller, TotpCode code, ClientInfo client) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    PendingReset reset =
        factors
            .findReset(caller.caller().session().tokenHash())
            .filter(found -> now.isBefore(found.createdAt().plus(settings.lifetime())))
            .orElseThrow(ConfirmReset::nonePending);
    return tools
        .checks()
        .charged(
            caller.caller(),
            client.address(),
            (account, charges) -> {
              TotpSecret secret = tools.secrets().totpSecretOf(reset);
              TotpStep step = tools.gate().checkNewSecret(secret, code);
              SessionToken token = SessionToken.random(random);
              Session session =
                  Session.open(
                      token, account.id(), SessionState.FULL, now, client.userAgent(), random);
              List<RecoveryCode> recoveryCodes = RecoveryCode.draw(random);
              CompletedReset completed =
                  new CompletedReset(
                      reset,
                      tools.secrets().sealForAccount(account.id(), secret),
                      step,
                      recoveryCodes.stream().map(each -> each.hashFor(account.id())).toList(),
                      session,
                      charges.success());
              complete(completed, caller);
              return new Confirmed(
                  new SignedIn(tools.secrets().openOwn(account, SessionState.FULL), token),
                  recoveryCodes);
            });
  }

  private void complete(CompletedReset completed, SignedCaller caller) {
    if (!factors.completeReset(completed, caller.caller().actor(), caller.once())) {
      throw nonePending();
    }
  }

  private static RejectedException nonePending() {
    return RejectedException.of(Rejection.NO_PENDING_RESET);
  }
}
