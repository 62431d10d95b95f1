package org.securechat.persistence;

import java.util.Optional;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.AccountClosing;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.AccountStore;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.Holdings;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.PasswordChange;
import org.securechat.domain.account.SignIn;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;

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
    return readers.read(sql -> sql.account(id));
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
  public Optional<KdfParameters> findKdf(AccountName name) {
    return readers.read(
        AccountSql.class,
        sql ->
            name.username()
                .flatMap(username -> sql.findKdfByUsername(username.canonical()))
                .or(() -> name.email().flatMap(email -> sql.findKdfByEmail(email.canonical()))));
  }

  @Override
  public Optional<KdfParameters> kdfFrom(UserId position) {
    return readers.read(
        AccountSql.class, sql -> sql.kdfFrom(position.value()).or(() -> sql.kdfFrom(0)));
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
          if (!tables.stands(user, signIn.proof())) {
            return false;
          }
          tables.replays().add(once);
          tables.spend(user, signIn.proof());
          signIn
              .presented()
              .ifPresent(tokenHash -> {
                tables.sessions().removeOwn(tokenHash, user);
                tables.registrations().removeOwn(tokenHash, user);
              });
          tables.sessions().removeLongestUnused(user, signIn.sessionsPerUser() - 1);
          tables.sessions().insert(signIn.session());
          tables.settle(signIn.settlement());
          return true;
        });
  }

  @Override
  public boolean changePassword(PasswordChange change, Once once) {
    UserId user = change.actor().user();
    Locks locks = Locks.on(user).and(once).and(change.settlement());
    return writer.call(
        locks,
        tables -> {
          tables.requireUnspentAndLive(once, change.actor());
          if (!tables.stands(user, change.proof())) {
            return false;
          }
          tables.replays().add(once);
          tables.spend(user, change.proof());
          tables.accounts().changePassword(change);
          tables.secondFactors().removeTickets(user);
          tables.sessions().removeOthers(change.actor());
          tables.settle(change.settlement());
          return true;
        });
  }

  @Override
  public EncryptionKey publish(EncryptionKey key, Actor actor, Once once) {
    return writer.call(
        Locks.on(actor.user()).and(once),
        tables -> {
          tables.requireUnspentAndLive(once, actor);
          Optional<EncryptionKey> standing =
              tables
                  .accounts()
                  .find(actor.user())
                  .flatMap(account -> account.profile().encryptionKey());
          if (standing.isPresent() && !standing.get().hasSameBytes(key)) {
            return standing.get();
          }
          tables.replays().add(once);
          if (standing.isEmpty()) {
            tables.accounts().publish(actor.user(), key, key.signature());
          }
          return standing.orElse(key);
        });
  }

  @Override
  public Holdings holdings(UserId user) {
    return readers.read(
        AccountSql.class,
        sql ->
            sql.holdings(
                user,
                AttemptCounter.signedFailuresOf(user),
                AttemptCounter.unsignedFailuresOf(user)));
  }

  @Override
  public boolean close(AccountClosing closing, Once once) {
    UserId user = closing.actor().user();
    Locks locks = Locks.on(user).and(once).and(closing.settlement());
    AttemptCounter.allOf(user).forEach(locks::and);
    return writer.call(
        locks,
        tables -> {
          tables.requireUnspentAndLive(once, closing.actor());
          if (!tables.stands(user, closing.proof())) {
            return false;
          }
          tables.replays().add(once);
          tables.settle(closing.settlement());
          AttemptCounter.allOf(user).forEach(tables.attempts()::remove);
          tables.registrations().removeAllOwn(user);
          tables.accounts().remove(user);
          tables.accounts().addClosed(user, closing.closedAt());
          return true;
        });
  }
}
