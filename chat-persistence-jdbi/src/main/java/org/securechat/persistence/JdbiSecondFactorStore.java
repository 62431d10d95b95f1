package org.securechat.persistence;

import java.time.Instant;
import java.util.Optional;
import org.securechat.domain.account.CompletedReset;
import org.securechat.domain.account.IssuedTicket;
import org.securechat.domain.account.PendingReset;
import org.securechat.domain.account.Proof;
import org.securechat.domain.account.SecondFactorStore;
import org.securechat.domain.credential.SecondFactor;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;

/** Second factors in SQL tables. Safe for use by many threads. */
final class JdbiSecondFactorStore implements SecondFactorStore {
  private final Readers readers;
  private final GroupCommit writer;

  JdbiSecondFactorStore(Readers readers, GroupCommit writer) {
    this.readers = readers;
    this.writer = writer;
  }

  @Override
  public boolean isUnspent(UserId user, SecondFactor factor) {
    return readers.read(SecondFactorSql.class, sql -> sql.isUnspent(user, factor));
  }

  @Override
  public Optional<IssuedTicket> findTicket(Sha256 ticketHash) {
    return readers.read(SecondFactorSql.class, sql -> sql.findTicket(ticketHash));
  }

  @Override
  public boolean issue(IssuedTicket ticket, Proof proof, Settlement settlement) {
    UserId user = ticket.user();
    return writer.call(
        Locks.on(user).and(settlement),
        tables -> {
          if (!tables.stands(user, proof)) {
            return false;
          }
          tables.spend(user, proof);
          tables.secondFactors().insert(ticket);
          tables.settle(settlement);
          return true;
        });
  }

  @Override
  public boolean beginReset(
      PendingReset reset, Proof proof, Settlement settlement, Actor actor, Once once) {
    UserId user = actor.user();
    return writer.call(
        Locks.on(user).and(once).and(settlement),
        tables -> {
          SecondFactorSql factors = tables.secondFactors();
          tables.requireUnspentAndLive(once, actor);
          if (!tables.stands(user, proof)) {
            return false;
          }
          tables.replays().add(once);
          tables.spend(user, proof);
          factors.put(reset);
          tables.settle(settlement);
          return true;
        });
  }

  @Override
  public Optional<PendingReset> findReset(Sha256 session) {
    return readers.read(SecondFactorSql.class, sql -> sql.findReset(session));
  }

  @Override
  public boolean completeReset(CompletedReset completed, Actor actor, Once once) {
    UserId user = actor.user();
    Locks locks = Locks.on(user).and(once).and(completed.settlement());
    return writer.call(
        locks,
        tables -> {
          SecondFactorSql factors = tables.secondFactors();
          tables.requireUnspentAndLive(once, actor);
          if (!factors.findReset(actor.session()).equals(Optional.of(completed.reset()))) {
            return false;
          }
          tables.replays().add(once);
          tables.accounts().replaceTotpSecret(user, completed.totpSecret());
          factors.forgetSteps(user);
          factors.spendStep(user, completed.usedStep());
          factors.removeCodes(user);
          factors.insertCodes(user, completed.recoveryCodeHashes());
          factors.removeTickets(user);
          tables.sessions().removeOwn(actor.session(), user);
          tables.sessions().removeWaitingForReset(user);
          tables.sessions().insert(completed.session());
          tables.settle(completed.settlement());
          return true;
        });
  }

  @Override
  public int forgetStepsBefore(TotpStep step, int limit) {
    return writer.call(
        Locks.none(), tables -> tables.secondFactors().forgetStepsBefore(step, limit));
  }

  @Override
  public int removeTicketsBefore(Instant instant, int limit) {
    return writer.call(
        Locks.none(), tables -> tables.secondFactors().removeTicketsBefore(instant, limit));
  }

  @Override
  public int removeResetsBefore(Instant instant, int limit) {
    return writer.call(
        Locks.none(), tables -> tables.secondFactors().removeResetsBefore(instant, limit));
  }
}
