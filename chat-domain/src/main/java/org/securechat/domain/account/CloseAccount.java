package org.securechat.domain.account;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.securechat.domain.credential.PresentedFactor;
import org.securechat.domain.credential.RemoteAddress;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.session.SignedCaller;

/** Use case: somebody ends their account; nobody can sign in as them any more. */
public final class CloseAccount {
  private final AccountTools tools;
  private final AccountStore accounts;
  private final Clock clock;

  CloseAccount(AccountTools tools, AccountStore accounts, Clock clock) {
    this.tools = tools;
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * Ends the caller's account. When it returns, its secrets are erased, and its name and address
   * are free.
   *
   * @throws RejectedException with RATE_LIMITED, INVALID_CREDENTIALS, REPLAYED_REQUEST, or
   *     NOT_AUTHENTICATED if the session ended meanwhile
   * @throws UnavailableException if the hasher or the store has no time
   */
  public void close(SignedCaller caller, ClosingForm form, RemoteAddress address) {
    tools
        .checks()
        .run(
            caller.caller(),
            address,
            (account, charges) -> close(account, form, charges.success(), caller));
  }

  private void close(
      Account account, ClosingForm form, Settlement settlement, SignedCaller caller) {
    PresentedFactor code = new PresentedFactor.Totp(form.code());
    Proof proof = tools.check().check(account, form.passwordHash(), code);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    AccountClosing closing = new AccountClosing(caller.caller().actor(), proof, now, settlement);
    if (!accounts.close(closing, caller.once())) {
      throw AccountChecks.refused();
    }
  }
}
