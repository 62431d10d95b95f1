package org.securechat.domain.account;

import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.Caller;

/** Use case: somebody reads their own account. */
public final class ReadOwnAccount {
  private final AccountStore accounts;
  private final AccountSecrets secrets;

  ReadOwnAccount(AccountStore accounts, AccountSecrets secrets) {
    this.accounts = accounts;
    this.secrets = secrets;
  }

  /**
   * The caller's account.
   *
   * @throws RejectedException with NOT_AUTHENTICATED if it is gone meanwhile
   */
  public OwnAccount read(Caller caller) {
    Account account =
        accounts.find(caller.session().user()).orElseThrow(RejectedException::notAuthenticated);
    return secrets.openOwn(account, caller.session().state());
  }
}
