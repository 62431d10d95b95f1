package org.securechat.domain.account;

import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.SessionStore;

/** Use case: somebody asks for everything that is held about them. */
public final class ExportAccount {
  private final ReadOwnAccount ownAccount;
  private final AccountStore accounts;
  private final SessionStore sessions;
  private final BlockStore blocks;

  ExportAccount(
      ReadOwnAccount ownAccount, AccountStore accounts, SessionStore sessions, BlockStore blocks) {
    this.ownAccount = ownAccount;
    this.accounts = accounts;
    this.sessions = sessions;
    this.blocks = blocks;
  }

  /**
   * What is held about the caller.
   *
   * @throws RejectedException with NOT_AUTHENTICATED if the account is gone meanwhile
   */
  public AccountExport export(Caller caller) {
    UserId user = caller.session().user();
    return new AccountExport(
        ownAccount.read(caller), sessions.list(user), blocks.list(user), accounts.holdings(user));
  }
}
