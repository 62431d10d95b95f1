package org.securechat.domain.account;

import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.RejectedException;

/** Use case: somebody looks up another user by the whole name. */
public final class ReadUser {
  private final AccountStore accounts;

  ReadUser(AccountStore accounts) {
    this.accounts = accounts;
  }

  /**
   * The user of a name, ignoring case.
   *
   * @throws RejectedException with NOT_FOUND if nobody has it
   */
  public PublicUser read(Username name) {
    return accounts
        .find(AccountName.of(name))
        .map(account -> PublicUser.of(account))
        .orElseThrow(RejectedException::notFound);
  }
}
