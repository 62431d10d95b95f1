package org.securechat.domain.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.securechat.domain.credential.Charges;
import org.securechat.domain.credential.CredentialGate;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.request.Once;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.request.SignedRequest;
import org.securechat.domain.request.TimelyRequest;
import org.securechat.domain.request.VerifySignedRequest;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionCache;
import org.securechat.domain.session.SessionSettings;
import org.securechat.domain.session.SessionState;
import org.securechat.domain.session.SessionToken;

/**
 * Use case: somebody signs in with the key, the password hash and a second factor. Whoever lacks
 * the key can't tell an unknown user from a bad signature, and whoever has it can't tell a wrong
 * password from a wrong factor: either pair gets one answer after the same work.
 */
public final class LogIn {
  private final VerifySignedRequest verify;
  private final CredentialGate gate;
  private final CredentialCheck check;
  private final AccountSecrets secrets;
  private final AccountStore accounts;
  private final SessionCache known;
  private final SessionSettings settings;
  private final RandomSource random;
  private final Clock clock;
  private final Account decoy;

  LogIn(
      VerifySignedRequest verify,
      AccountTools tools,
      AccountStore accounts,
      SessionCache known,
      SessionSettings settings,
      RandomSource random,
      Clock clock) {
    this.verify = verify;
    this.gate = tools.gate();
    this.check = tools.check();
    this.secrets = tools.secrets();
    this.decoy = tools.decoy();
    this.accounts = accounts;
    this.known = known;
    this.settings = settings;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Signs somebody in and ends the session whose cookie came with the request, if it is theirs. By
   * a recovery code, or a ticket got by one, the session waits for a new second factor.
   *
   * @param form reads the data; throws a {@link RejectedException} with INVALID_REQUEST
   * @throws RejectedException with TIMESTAMP_OUT_OF_RANGE, INVALID_REQUEST, RATE_LIMITED for the
   *     address, CONTEXT_REQUIRED, INVALID_CREDENTIALS for user or signature, REPLAYED_REQUEST,
   *     RATE_LIMITED for the account, INVALID_CREDENTIALS for password or factor, looked at in this
   *     order
   * @throws UnavailableException if the hasher or the store has no time
   */
  public SignedIn logIn(SignedRequest request, Supplier<LoginForm> form, ClientInfo client) {
    TimelyRequest timely = verify.requireTimely(request);
    LoginForm login = form.get();

    Charges charges = gate.chargeAddress(client.address());
    return gate.judge(charges, () -> logIn(timely, login, client, charges));
  }

  private SignedIn logIn(
      TimelyRequest timely, LoginForm login, ClientInfo client, Charges charges) {
    Optional<Account> found = accounts.find(login.name());
    Once once = verifySigner(timely, found.orElse(decoy));
    Account account = found.orElseThrow(AccountChecks::refused);

    gate.chargeAccount(account.id(), charges);
    Proof proof = check.check(account, login.passwordHash(), login.factor());

    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    SessionState state = proof.byRecoveryCode() ? SessionState.RESET_REQUIRED : SessionState.FULL;
    SessionToken token = SessionToken.random(random);
    Session session = Session.open(token, account.id(), state, now, client.userAgent(), random);
    SignIn signIn =
        new SignIn(
            proof,
            session,
            settings.perUser(),
            client.token().map(SessionToken::hash),
            charges.success());
    if (!known.forgetting(account.id(), () -> accounts.signIn(signIn, once))) {
      throw AccountChecks.refused();
    }
    return new SignedIn(secrets.openOwn(account, state), token);
  }

  private Once verifySigner(TimelyRequest timely, Account account) {
    try {
      return verify.verify(timely, SignatureRule.ORIGINAL_ONCE, account.profile().identityKey());
    } catch (RejectedException e) {
      throw e.reason() == Rejection.INVALID_SIGNATURE ? AccountChecks.refused() : e;
    }
  }
}
