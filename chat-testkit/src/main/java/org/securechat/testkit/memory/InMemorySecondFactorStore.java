package org.securechat.testkit.memory;

import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.CompletedReset;
import org.securechat.domain.account.IssuedTicket;
import org.securechat.domain.account.PendingReset;
import org.securechat.domain.account.Proof;
import org.securechat.domain.account.SecondFactorStore;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.credential.SecondFactor;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.SessionState;

/** Second factors on the heap. */
final class InMemorySecondFactorStore implements SecondFactorStore {
  private final MemoryTables tables;

  InMemorySecondFactorStore(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public boolean isUnspent(UserId user, SecondFactor factor) {
    synchronized (tables) {
      return tables.isUnspent(user, factor);
    }
  }

  @Override
  public Optional<IssuedTicket> findTicket(Sha256 ticketHash) {
    synchronized (tables) {
      return Optional.ofNullable(tables.tickets.get(ticketHash));
    }
  }

  @Override
  public boolean issue(IssuedTicket ticket, Proof proof, Settlement settlement) {
    UserId user = ticket.user();
    synchronized (tables) {
      if (!tables.stands(user, proof)) {
        return false;
      }
      tables.spend(user, proof);
      tables.tickets.put(ticket.ticketHash(), ticket);
      tables.settle(settlement);
      return true;
    }
  }

  @Override
  public boolean beginReset(
      PendingReset reset, Proof proof, Settlement settlement, Actor actor, Once once) {
    synchronized (tables) {
      tables.requireUnspentAndLive(once, actor);
      if (!tables.stands(actor.user(), proof)) {
        return false;
      }
      tables.used.add(once);
      tables.spend(actor.user(), proof);
      tables.resets.put(reset.session(), reset);
      tables.settle(settlement);
      return true;
    }
  }

  @Override
  public Optional<PendingReset> findReset(Sha256 session) {
    synchronized (tables) {
      return Optional.ofNullable(tables.resets.get(session));
    }
  }

  @Override
  public boolean completeReset(CompletedReset completed, Actor actor, Once once) {
    UserId user = actor.user();
    synchronized (tables) {
      tables.requireUnspentAndLive(once, actor);
      if (!completed.reset().equals(tables.resets.get(actor.session()))) {
        return false;
      }
      tables.used.add(once);
      tables.accounts.computeIfPresent(user, (id, account) -> withSecret(account, completed));
      tables.usedSteps.put(user, new HashSet<>(Set.of(completed.usedStep())));
      tables.recoveryCodes.put(user, new HashSet<>(completed.recoveryCodeHashes()));
      tables.tickets.values().removeIf(ticket -> ticket.user().equals(user));
      tables.endSession(actor.session());
      tables.sessionsOf(user).stream()
          .filter(session -> session.state() == SessionState.RESET_REQUIRED)
          .forEach(session -> tables.endSession(session.tokenHash()));
      tables.sessions.put(completed.session().tokenHash(), completed.session());
      tables.settle(completed.settlement());
      return true;
    }
  }

  private static Account withSecret(Account account, CompletedReset completed) {
    StoredSecrets secrets = account.secrets();
    return new Account(
        account.id(),
        account.profile(),
        new StoredSecrets(
            secrets.passwordVerifier(), secrets.encryptedPrivateKey(), completed.totpSecret()),
        account.createdAt());
  }

  @Override
  public int forgetStepsBefore(TotpStep step, int limit) {
    synchronized (tables) {
      int forgotten = 0;
      for (Set<TotpStep> steps : tables.usedSteps.values()) {
        Iterator<TotpStep> iterator = steps.iterator();
        while (iterator.hasNext() && forgotten < limit) {
          if (iterator.next().number() < step.number()) {
            iterator.remove();
            forgotten++;
          }
        }
      }
      return forgotten;
    }
  }

  @Override
  public int removeTicketsBefore(Instant instant, int limit) {
    synchronized (tables) {
      return remove(tables.tickets, ticket -> ticket.createdAt().isBefore(instant), limit);
    }
  }

  @Override
  public int removeResetsBefore(Instant instant, int limit) {
    synchronized (tables) {
      return remove(tables.resets, reset -> reset.createdAt().isBefore(instant), limit);
    }
  }

  private static <T> int remove(Map<Sha256, T> rows, Predicate<T> old, int limit) {
    List<Sha256> removed =
        rows.entrySet().stream()
            .filter(entry -> old.test(entry.getValue()))
            .limit(limit)
            .map(Map.Entry::getKey)
            .toList();
    removed.forEach(rows::remove);
    return removed.size();
  }
}
