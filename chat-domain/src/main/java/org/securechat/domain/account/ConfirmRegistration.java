package org.securechat.domain.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.securechat.domain.credential.Charges;
import org.securechat.domain.credential.CredentialGate;
import org.securechat.domain.credential.RecoveryCode;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.request.Once;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.request.SignedRequest;
import org.securechat.domain.request.TimelyRequest;
import org.securechat.domain.request.VerifySignedRequest;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionState;
import org.securechat.domain.session.SessionToken;

/** Use case: a first code proves that the second factor has arrived, and the account begins. */
public final class ConfirmRegistration {
  private final VerifySignedRequest verify;
  private final CredentialGate gate;
  private final AccountSecrets secrets;
  private final RegistrationStore registrations;
  private final RegistrationSettings settings;
  private final RandomSource random;
  private final Clock clock;

  ConfirmRegistration(
      VerifySignedRequest verify,
      AccountTools tools,
      AccountPorts ports,
      RegistrationSettings settings) {
    this.verify = verify;
    this.gate = tools.gate();
    this.secrets = tools.secrets();
    this.registrations = ports.registrations();
    this.settings = settings;
    this.random = ports.random();
    this.clock = ports.clock();
  }

  /**
   * Confirms the registration of the cookie that came, and signs its user in.
   *
   * @param form reads the code; throws a {@link RejectedException} with INVALID_REQUEST
   * @throws RejectedException with TIMESTAMP_OUT_OF_RANGE, NO_PENDING_REGISTRATION,
   *     CONTEXT_REQUIRED, INVALID_SIGNATURE, REPLAYED_REQUEST, INVALID_REQUEST, RATE_LIMITED,
   *     INVALID_TOTP, USERNAME_TAKEN or EMAIL_TAKEN, looked at in this order; the last wrong code
   *     and a taken name end the registration
   */
  public Confirmed confirm(SignedRequest request, Supplier<TotpCode> form, ClientInfo client) {
    TimelyRequest timely = verify.requireTimely(request);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    PendingRegistration pending =
        client
            .token()
            .flatMap(token -> registrations.find(token.hash()))
            .filter(found -> now.isBefore(found.createdAt().plus(settings.lifetime())))
            .orElseThrow(ConfirmRegistration::nonePending);
    Profile profile = pending.profile();
    Once once = verify.verify(timely, SignatureRule.ORIGINAL_ONCE, profile.identityKey());
    TotpCode code = form.get();

    Charges charges = gate.chargeAddress(client.address());
    return gate.judge(
        charges, () -> begin(pending, check(pending, code), charges, once, now, client));
  }

  private TotpStep check(PendingRegistration pending, TotpCode code) {
    Sha256 registration = pending.tokenHash();
    int attempt =
        registrations
            .chargeAttempt(registration, settings.attempts())
            .orElseThrow(ConfirmRegistration::nonePending);
    try {
      return gate.checkNewSecret(secrets.totpSecretOf(pending), code);
    } catch (RejectedException e) {
      if (attempt >= settings.attempts()) {
        registrations.end(registration);
      }
      throw e;
    }
  }

  private Confirmed begin(
      PendingRegistration pending,
      TotpStep step,
      Charges charges,
      Once once,
      Instant now,
      ClientInfo client) {
    UserId id = UserId.random(random);
    Account account = new Account(id, pending.profile(), secrets.moveToAccount(pending, id), now);
    List<RecoveryCode> recoveryCodes = RecoveryCode.draw(random);
    SessionToken token = SessionToken.random(random);
    Session session = Session.open(token, id, SessionState.FULL, now, client.userAgent(), random);
    NewAccount created =
        new NewAccount(
            pending.tokenHash(),
            account,
            recoveryCodes.stream().map(recoveryCode -> recoveryCode.hashFor(id)).toList(),
            step,
            session,
            charges.success());
    try {
      if (!registrations.confirm(created, once)) {
        throw nonePending();
      }
    } catch (RejectedException e) {
      if (e.reason() == Rejection.USERNAME_TAKEN || e.reason() == Rejection.EMAIL_TAKEN) {
        registrations.end(pending.tokenHash());
      }
      throw e;
    }
    return new Confirmed(
        new SignedIn(secrets.openOwn(account, SessionState.FULL), token), recoveryCodes);
  }

  private static RejectedException nonePending() {
    return RejectedException.of(Rejection.NO_PENDING_REGISTRATION);
  }
}
