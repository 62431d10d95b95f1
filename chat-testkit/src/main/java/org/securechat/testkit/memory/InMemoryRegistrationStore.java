package org.securechat.testkit.memory;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.NewAccount;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.RegistrationStore;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Username;
import org.securechat.domain.request.Once;

/** Pending registrations on the heap. */
final class InMemoryRegistrationStore implements RegistrationStore {
  private final MemoryTables tables;

  InMemoryRegistrationStore(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public void requireFree(Username username, EmailAddress email) {
    synchronized (tables) {
      tables.requireFree(username, email);
    }
  }

  @Override
  public void begin(PendingRegistration registration, Once once) {
    synchronized (tables) {
      tables.requireUnspent(once);
      tables.requireFree(registration.profile());
      tables.used.add(once);
      tables.registrations.put(registration.tokenHash(), registration);
    }
  }

  @Override
  public Optional<PendingRegistration> find(Sha256 tokenHash) {
    synchronized (tables) {
      return Optional.ofNullable(tables.registrations.get(tokenHash));
    }
  }

  @Override
  public OptionalInt chargeAttempt(Sha256 tokenHash, int limit) {
    synchronized (tables) {
      int attempt = tables.registrationAttempts.getOrDefault(tokenHash, 0) + 1;
      if (!tables.registrations.containsKey(tokenHash) || attempt > limit) {
        return OptionalInt.empty();
      }
      tables.registrationAttempts.put(tokenHash, attempt);
      return OptionalInt.of(attempt);
    }
  }

  @Override
  public void end(Sha256 tokenHash) {
    synchronized (tables) {
      tables.endRegistration(tokenHash);
    }
  }

  @Override
  public boolean confirm(NewAccount created, Once once) {
    Account account = created.account();
    synchronized (tables) {
      tables.requireUnspent(once);
      if (!tables.registrations.containsKey(created.pending())) {
        return false;
      }
      tables.requireFree(account.profile());
      if (tables.closed.contains(account.id())) {
        throw new IllegalStateException("The id was somebody else's");
      }
      tables.used.add(once);
      tables.endRegistration(created.pending());
      tables.accounts.put(account.id(), account);
      tables.recoveryCodes.put(account.id(), new HashSet<>(created.recoveryCodeHashes()));
      tables.usedSteps.put(account.id(), new HashSet<>(Set.of(created.usedStep())));
      tables.sessions.put(created.session().tokenHash(), created.session());
      tables.settle(created.settlement());
      return true;
    }
  }

  @Override
  public int removeBegunBefore(Instant instant, int limit) {
    synchronized (tables) {
      List<Sha256> old =
          tables.registrations.values().stream()
              .filter(registration -> registration.createdAt().isBefore(instant))
              .limit(limit)
              .map(PendingRegistration::tokenHash)
              .toList();
      old.forEach(tables::endRegistration);
      return old.size();
    }
  }
}
