package org.securechat.domain.account;

import org.securechat.domain.credential.SecretBox;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.SessionState;

/** Use case: somebody reads their own account. */
public final class ReadOwnAccount {
  private final AccountStore accounts;
  private final AccountSecrets secrets;

  public ReadOwnAccount(AccountStore accounts, SecretBox box) {
    this.accounts = accounts;
    this.secrets = new AccountSecrets(box);
  }

  /**
   * The caller's account.
   *
   * @throws RejectedException with NOT_AUTHENTICATED if it is gone meanwhile
   */
  public OwnAccount read(Caller caller) {
    Account account =
        accounts
            .find(caller.session().user())
            .orElseThrow(() -> RejectedException.of(Rejection.NOT_AUTHENTICATED));
    return secrets.openOwn(account, caller.session().state() == SessionState.RESET_REQUIRED);
  }
}
