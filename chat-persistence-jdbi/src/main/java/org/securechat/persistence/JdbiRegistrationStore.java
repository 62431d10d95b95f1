package org.securechat.persistence;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.NewAccount;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.RegistrationStore;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Username;
import org.securechat.domain.request.Once;

/** Pending registrations in a SQL table. Safe for use by many threads. */
final class JdbiRegistrationStore implements RegistrationStore {
  private final Readers readers;
  private final GroupCommit writer;

  JdbiRegistrationStore(Readers readers, GroupCommit writer) {
    this.readers = readers;
    this.writer = writer;
  }

  @Override
  public void requireFree(Username username, EmailAddress email) {
    readers.read(AccountSql.class, sql -> sql.requireFree(username, email));
  }

  @Override
  public void begin(PendingRegistration registration, Once once) {
    Profile profile = registration.profile();
    Locks locks = Locks.on(once).and(profile.username(), profile.email());
    writer.run(
        locks,
        tables -> {
          tables.requireUnspent(once);
          tables.accounts().requireFree(profile.username(), profile.email());
          tables.replays().add(once);
          tables.registrations().insert(registration);
        });
  }

  @Override
  public Optional<PendingRegistration> find(Sha256 tokenHash) {
    return readers.read(RegistrationSql.class, sql -> sql.find(tokenHash));
  }

  @Override
  public OptionalInt chargeAttempt(Sha256 tokenHash, int limit) {
    return writer
        .call(Locks.on(tokenHash), tables -> tables.registrations().chargeAttempt(tokenHash, limit))
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  @Override
  public void end(Sha256 tokenHash) {
    writer.run(Locks.on(tokenHash), tables -> tables.registrations().remove(tokenHash));
  }

  @Override
  public boolean confirm(NewAccount created, Once once) {
    Account account = created.account();
    Profile profile = account.profile();
    Locks locks =
        Locks.on(created.pending())
            .and(once)
            .and(profile.username(), profile.email())
            .and(created.settlement());
    return writer.call(
        locks,
        tables -> {
          tables.requireUnspent(once);
          if (!tables.registrations().exists(created.pending())) {
            return false;
          }
          AccountSql accounts = tables.accounts();
          accounts.requireFree(profile.username(), profile.email());
          if (accounts.isClosed(account.id())) {
            throw new IllegalStateException("The id was somebody else's");
          }
          tables.replays().add(once);
          tables.registrations().remove(created.pending());
          accounts.insert(account);
          tables.secondFactors().insertCodes(account.id(), created.recoveryCodeHashes());
          tables.secondFactors().spendStep(account.id(), created.usedStep());
          tables.sessions().insert(created.session());
          tables.settle(created.settlement());
          return true;
        });
  }

  @Override
  public int removeBegunBefore(Instant instant, int limit) {
    return writer.call(
        Locks.none(), tables -> tables.registrations().removeBegunBefore(instant, limit));
  }
}
