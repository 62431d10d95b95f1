package org.securechat.persistence;

import java.util.Optional;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.AccountStore;
import org.securechat.domain.account.SignIn;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;

/** Accounts in SQL tables. Safe for use by many threads. */
final class JdbiAccountStore implements AccountStore {
  private final Readers readers;
  private final GroupCommit writer;

  JdbiAccountStore(Readers readers, GroupCommit writer) {
    this.readers = readers;
    this.writer = writer;
  }

  @Override
  public Optional<Account> find(UserId id) {
    return readers.read(AccountSql.class, sql -> sql.find(id));
  }

  @Override
  public Optional<Account> find(AccountName name) {
    return readers.read(
        AccountSql.class,
        sql ->
            name.username()
                .flatMap(username -> sql.findByUsername(username.canonical()))
                .or(() -> name.email().flatMap(email -> sql.findByEmail(email.canonical()))));
  }

  @Override
  public boolean signIn(SignIn signIn, Once once) {
    UserId user = signIn.session().user();
    Locks locks = Locks.on(user).and(once).and(signIn.settlement());
    signIn.presented().ifPresent(locks::and);
    return writer.call(
        locks,
        tables -> {
          tables.requireUnspent(once);
          AccountSql accounts = tables.accounts();
          if (!accounts.exists(user) || accounts.isSpent(user, signIn.step())) {
            return false;
          }
          tables.replays().add(once);
          accounts.spend(user, signIn.step());
          signIn
              .presented()
              .ifPresent(tokenHash -> {
                tables.sessions().removeOwn(tokenHash, user);
                tables.registrations().removeOwn(tokenHash, user);
              });
          tables.sessions().insert(signIn.session());
          tables.settle(signIn.settlement());
          return true;
        });
  }

  @Override
  public int forgetStepsBefore(TotpStep step, int limit) {
    return writer.call(Locks.none(), tables -> tables.accounts().forgetStepsBefore(step, limit));
  }
}
