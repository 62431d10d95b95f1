package org.securechat.testkit.memory;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.AccountStore;
import org.securechat.domain.account.SignIn;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;

/** Accounts on the heap. */
final class InMemoryAccountStore implements AccountStore {
  private final MemoryTables tables;

  InMemoryAccountStore(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<Account> find(UserId id) {
    synchronized (tables) {
      return Optional.ofNullable(tables.accounts.get(id));
    }
  }

  @Override
  public Optional<Account> find(AccountName name) {
    synchronized (tables) {
      return name.username().flatMap(tables::find).or(() -> name.email().flatMap(tables::find));
    }
  }

  @Override
  public boolean signIn(SignIn signIn, Once once) {
    UserId user = signIn.session().user();
    synchronized (tables) {
      tables.requireUnspent(once);
      Set<TotpStep> usedSteps = tables.usedSteps.getOrDefault(user, Set.of());
      Account account = tables.accounts.get(user);
      if (account == null || usedSteps.contains(signIn.step())) {
        return false;
      }
      tables.used.add(once);
      tables.usedSteps.computeIfAbsent(user, id -> new HashSet<>()).add(signIn.step());
      signIn.presented().ifPresent(tokenHash -> tables.endOwn(tokenHash, account));
      tables.sessions.put(signIn.session().tokenHash(), signIn.session());
      tables.settle(signIn.settlement());
      return true;
    }
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
}
