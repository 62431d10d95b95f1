package org.securechat.domain.account;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.securechat.domain.credential.Charges;
import org.securechat.domain.credential.CredentialGate;
import org.securechat.domain.credential.RemoteAddress;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.SessionCache;

/**
 * Holds somebody who is signed in to their credentials once more, before what only they may do: the
 * attempt is charged to the address and to the account first.
 */
final class AccountChecks {
  private final CredentialGate gate;
  private final AccountStore accounts;
  private final SessionCache known;

  AccountChecks(CredentialGate gate, AccountStore accounts, SessionCache known) {
    this.gate = gate;
    this.accounts = accounts;
    this.known = known;
  }

  /**
   * Runs an attempt of the caller.
   *
   * @throws RejectedException with RATE_LIMITED while address or account is blocked, or
   *     NOT_AUTHENTICATED if the account is gone meanwhile
   */
  <T> T charged(Caller caller, RemoteAddress address, BiFunction<Account, Charges, T> attempt) {
    Charges charges = gate.chargeAddress(address);
    return gate.judge(
        charges,
        () -> {
          UserId user = caller.session().user();
          gate.chargeAccount(user, charges);
          Account account = accounts.find(user).orElseThrow(RejectedException::notAuthenticated);
          return known.forgetting(user, () -> attempt.apply(account, charges));
        });
  }

  /** Like {@link #charged}, for an attempt that returns nothing. */
  void run(Caller caller, RemoteAddress address, BiConsumer<Account, Charges> attempt) {
    boolean unused =
        charged(
            caller,
            address,
            (account, charges) -> {
              attempt.accept(account, charges);
              return true;
            });
  }

  static RejectedException refused() {
    return RejectedException.of(Rejection.INVALID_CREDENTIALS);
  }
}
