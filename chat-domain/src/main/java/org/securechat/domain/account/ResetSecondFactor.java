package org.securechat.domain.account;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.securechat.domain.credential.PresentedFactor;
import org.securechat.domain.credential.RemoteAddress;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpCodes;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.SessionState;
import org.securechat.domain.session.SignedCaller;

/**
 * Use case: somebody asks for a new second factor; the old one holds until the new is confirmed.
 */
public final class ResetSecondFactor {
  private final AccountTools tools;
  private final SecondFactorStore factors;
  private final TotpCodes codes;
  private final Clock clock;

  ResetSecondFactor(AccountTools tools, SecondFactorStore factors, TotpCodes codes, Clock clock) {
    this.tools = tools;
    this.factors = factors;
    this.codes = codes;
    this.clock = clock;
  }

  /**
   * Begins a reset, in place of one that waits in the same session. In a session that a recovery
   * code opened the password is enough, that code was the second factor.
   *
   * @throws RejectedException with INVALID_REQUEST if the session wants a code and there is none,
   *     RATE_LIMITED, INVALID_CREDENTIALS, REPLAYED_REQUEST, or NOT_AUTHENTICATED if the session
   *     ended meanwhile
   * @throws UnavailableException if the hasher or the store has no time
   */
  public ResetBegun begin(SignedCaller caller, ResetForm form, RemoteAddress address) {
    boolean codeWanted = caller.caller().session().state() == SessionState.FULL;
    if (codeWanted && form.code().isEmpty()) {
      throw RejectedException.invalidFields(Map.of("totp_code", "Is required"));
    }
    return tools
        .checks()
        .charged(
            caller.caller(),
            address,
            (account, charges) -> {
              Proof proof = check(account, form, codeWanted);
              return begin(account, proof, charges.success(), caller);
            });
  }

  private Proof check(Account account, ResetForm form, boolean codeWanted) {
    if (codeWanted) {
      PresentedFactor code = new PresentedFactor.Totp(form.code().orElseThrow());
      return tools.check().check(account, form.passwordHash(), code);
    }
    return tools.check().checkPassword(account, form.passwordHash());
  }

  private ResetBegun begin(
      Account account, Proof proof, Settlement settlement, SignedCaller caller) {
    Actor actor = caller.caller().actor();
    TotpSecret secret = codes.newSecret();
    PendingReset reset =
        new PendingReset(
            actor.session(),
            tools.secrets().sealForReset(actor.session(), secret),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    if (!factors.beginReset(reset, proof, settlement, actor, caller.once())) {
      throw AccountChecks.refused();
    }
    return new ResetBegun(secret, codes.provisioningUri(secret, account.profile().username()));
  }
}
