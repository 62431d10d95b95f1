package org.securechat.domain.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.securechat.domain.credential.Charges;
import org.securechat.domain.credential.CredentialGate;
import org.securechat.domain.credential.SecretBox;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.IdentityKey;
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
import org.securechat.domain.session.SessionState;
import org.securechat.domain.session.SessionToken;

/**
 * Use case: somebody signs in with the key, the password hash and a code. Whoever lacks the key
 * can't tell an unknown user from a bad signature, and whoever has it can't tell a wrong password
 * from a wrong code: either pair gets one answer after the same work.
 */
public final class LogIn {
  /**
   * Checked in place of an unknown user's key. It is SHA-256 of {@code secure-chat/v1/decoy-key 7},
   * the first such digest that is a sound key, so that nobody has its private half.
   */
  private static final IdentityKey DECOY_KEY =
      IdentityKey.copyOf(
          HexFormat.of()
              .parseHex("1e65ff4dfd869fb2c5a5d2f1f67cc50746a6ecd5f9049a00c4e3551ae28e2b35"));

  private final VerifySignedRequest verify;
  private final CredentialGate gate;
  private final AccountSecrets secrets;
  private final AccountStore accounts;
  private final RandomSource random;
  private final Clock clock;

  public LogIn(
      VerifySignedRequest verify,
      CredentialGate gate,
      SecretBox box,
      AccountStore accounts,
      RandomSource random,
      Clock clock) {
    this.verify = verify;
    this.gate = gate;
    this.secrets = new AccountSecrets(box);
    this.accounts = accounts;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Signs somebody in and ends the session whose cookie came with the request, if it is theirs.
   *
   * @param form reads the data; throws a {@link RejectedException} with INVALID_REQUEST
   * @throws RejectedException with TIMESTAMP_OUT_OF_RANGE, INVALID_REQUEST, RATE_LIMITED for the
   *     address, CONTEXT_REQUIRED, INVALID_CREDENTIALS for user or signature, REPLAYED_REQUEST,
   *     RATE_LIMITED for the account, INVALID_CREDENTIALS for password or code, looked at in this
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
    Once once = verifySigner(timely, found);
    Account account = found.orElseThrow(LogIn::refused);

    gate.chargeAccount(account.id(), charges);
    TotpStep step =
        gate.check(
            account.secrets().passwordVerifier(),
            login.passwordHash(),
            secrets.totpSecretOf(account),
            login.code());

    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    SessionToken token = SessionToken.random(random);
    Session session =
        Session.open(token, account.id(), SessionState.FULL, now, client.userAgent(), random);
    SignIn signIn =
        new SignIn(step, session, client.token().map(SessionToken::hash), charges.success());
    if (!accounts.signIn(signIn, once)) {
      throw refused();
    }
    return new SignedIn(secrets.openOwn(account, false), token);
  }

  private Once verifySigner(TimelyRequest timely, Optional<Account> account) {
    IdentityKey signer = account.map(found -> found.profile().identityKey()).orElse(DECOY_KEY);
    try {
      return verify.verify(timely, SignatureRule.ORIGINAL_ONCE, signer);
    } catch (RejectedException e) {
      throw e.reason() == Rejection.INVALID_SIGNATURE ? refused() : e;
    }
  }

  private static RejectedException refused() {
    return RejectedException.of(Rejection.INVALID_CREDENTIALS);
  }
}
