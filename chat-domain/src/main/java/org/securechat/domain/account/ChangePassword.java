package org.securechat.domain.account;

import org.securechat.domain.credential.PresentedFactor;
import org.securechat.domain.credential.RemoteAddress;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.session.SignedCaller;

/** Use case: somebody gives their account another password, and the key wrapped anew by it. */
public final class ChangePassword {
  private final AccountTools tools;
  private final AccountStore accounts;

  ChangePassword(AccountTools tools, AccountStore accounts) {
    this.tools = tools;
    this.accounts = accounts;
  }

  /**
   * Changes the password; every other session and every ticket ends.
   *
   * @throws RejectedException with RATE_LIMITED, INVALID_CREDENTIALS, REPLAYED_REQUEST, or
   *     NOT_AUTHENTICATED if the session ended meanwhile
   * @throws UnavailableException if the hasher or the store has no time
   */
  public void change(SignedCaller caller, PasswordForm form, RemoteAddress address) {
    tools
        .checks()
        .run(
            caller.caller(),
            address,
            (account, charges) -> change(account, form, charges.success(), caller));
  }

  private void change(
      Account account, PasswordForm form, Settlement settlement, SignedCaller caller) {
    PresentedFactor code = new PresentedFactor.Totp(form.code());
    Proof proof = tools.check().check(account, form.currentPasswordHash(), code);
    PasswordChange change =
        new PasswordChange(
            caller.caller().actor(),
            proof,
            tools.gate().enrol(form.passwordHash()),
            tools.secrets().sealForAccount(account.id(), form.encryptedPrivateKey()),
            form.encryptionIv(),
            form.kdf(),
            settlement);
    if (!accounts.changePassword(change, caller.once())) {
      throw AccountChecks.refused();
    }
  }
}
