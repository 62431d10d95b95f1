package org.securechat.testkit.memory;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.AccountClosing;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.AccountStore;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.Holdings;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.PasswordChange;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.SignIn;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.credential.AttemptCount;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.Session;

/** Accounts on the heap. */
final class InMemoryAccountStore implements AccountStore {
  private final MemoryTables tables;

  InMemoryAccountStore(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<Account> find(UserId id) {
    synchronized (tables) {
      return tables.find(id);
    }
  }

  @Override
  public Optional<Account> find(AccountName name) {
    synchronized (tables) {
      return name.username().flatMap(tables::find).or(() -> name.email().flatMap(tables::find));
    }
  }

  @Override
  public Optional<KdfParameters> findKdf(AccountName name) {
    return find(name).map(account -> account.profile().kdf());
  }

  @Override
  public Optional<KdfParameters> kdfFrom(UserId position) {
    Comparator<Account> byId = Comparator.comparingLong(account -> account.id().value());
    synchronized (tables) {
      return tables.accounts.values().stream()
          .filter(account -> account.id().value() >= position.value())
          .min(byId)
          .or(() -> tables.accounts.values().stream().min(byId))
          .map(account -> account.profile().kdf());
    }
  }

  @Override
  public boolean signIn(SignIn signIn, Once once) {
    UserId user = signIn.session().user();
    synchronized (tables) {
      tables.requireUnspent(once);
      Account account = tables.accounts.get(user);
      if (account == null || !tables.stands(user, signIn.proof())) {
        return false;
      }
      tables.used.add(once);
      tables.spend(user, signIn.proof());
      signIn.presented().ifPresent(tokenHash -> tables.endOwn(tokenHash, account));
      endLongestUnused(user, signIn.sessionsPerUser() - 1);
      tables.sessions.put(signIn.session().tokenHash(), signIn.session());
      tables.settle(signIn.settlement());
      return true;
    }
  }

  private void endLongestUnused(UserId user, int kept) {
    List<Session> all =
        tables.sessionsOf(user).stream().sorted(Comparator.comparing(Session::lastUsedAt)).toList();
    all.subList(0, Math.max(0, all.size() - kept))
        .forEach(session -> tables.endSession(session.tokenHash()));
  }

  @Override
  public boolean changePassword(PasswordChange change, Once once) {
    UserId user = change.actor().user();
    synchronized (tables) {
      tables.requireUnspentAndLive(once, change.actor());
      if (!tables.stands(user, change.proof())) {
        return false;
      }
      tables.used.add(once);
      tables.spend(user, change.proof());
      replace(
          user,
          account ->
              new Account(
                  user,
                  withPassword(account.profile(), change),
                  new StoredSecrets(
                      change.verifier(),
                      change.encryptedPrivateKey(),
                      account.secrets().totpSecret()),
                  account.createdAt()));
      tables.tickets.values().removeIf(ticket -> ticket.user().equals(user));
      endSessionsOf(user, Set.of(change.actor().session()));
      tables.settle(change.settlement());
      return true;
    }
  }

  private static Profile withPassword(Profile profile, PasswordChange change) {
    return new Profile(
        profile.username(),
        profile.email(),
        profile.identityKey(),
        change.encryptionIv(),
        change.kdf(),
        profile.encryptionKey());
  }

  @Override
  public EncryptionKey publish(EncryptionKey key, Actor actor, Once once) {
    synchronized (tables) {
      tables.requireUnspentAndLive(once, actor);
      Optional<EncryptionKey> standing = tables.account(actor.user()).profile().encryptionKey();
      if (standing.isEmpty()) {
        replace(
            actor.user(),
            account ->
                new Account(
                    account.id(),
                    withKey(account.profile(), key),
                    account.secrets(),
                    account.createdAt()));
      }
      EncryptionKey published = standing.orElse(key);
      if (published.hasSameBytes(key)) {
        tables.used.add(once);
      }
      return published;
    }
  }

  private static Profile withKey(Profile profile, EncryptionKey key) {
    return new Profile(
        profile.username(),
        profile.email(),
        profile.identityKey(),
        profile.encryptionIv(),
        profile.kdf(),
        Optional.of(key));
  }

  @Override
  public Holdings holdings(UserId user) {
    synchronized (tables) {
      return new Holdings(
          tables.recoveryCodes.getOrDefault(user, Set.of()).size(),
          tables.usedSteps.getOrDefault(user, Set.of()).size(),
          Math.toIntExact(
              tables.tickets.values().stream()
                  .filter(ticket -> ticket.user().equals(user))
                  .count()),
          new Holdings.FailedAttempts(
              attempts(AttemptCounter.signedFailuresOf(user)),
              attempts(AttemptCounter.unsignedFailuresOf(user))));
    }
  }

  private int attempts(AttemptCounter counter) {
    return Optional.ofNullable(tables.attempts.get(counter)).map(AttemptCount::attempts).orElse(0);
  }

  @Override
  public boolean close(AccountClosing closing, Once once) {
    UserId user = closing.actor().user();
    synchronized (tables) {
      tables.requireUnspentAndLive(once, closing.actor());
      if (!tables.stands(user, closing.proof())) {
        return false;
      }
      tables.used.add(once);
      tables.settle(closing.settlement());
      IdentityKey key = tables.account(user).profile().identityKey();
      tables.accounts.remove(user);
      tables.closed.add(user);
      tables.unswept.add(user);
      tables.started.remove(user);
      endSessionsOf(user, Set.of());
      tables.usedSteps.remove(user);
      tables.recoveryCodes.remove(user);
      tables.tickets.values().removeIf(ticket -> ticket.user().equals(user));
      tables.blocks.remove(user);
      tables.blocks.values().forEach(blocked -> blocked.remove(user));
      AttemptCounter.allOf(user).forEach(tables.attempts::remove);
      List<Sha256> registrations =
          tables.registrations.values().stream()
              .filter(pending -> pending.profile().identityKey().equals(key))
              .map(pending -> pending.tokenHash())
              .toList();
      registrations.forEach(tables::endRegistration);
      return true;
    }
  }

  private void endSessionsOf(UserId user, Set<Sha256> kept) {
    Set<Session> ended = new HashSet<>(tables.sessionsOf(user));
    ended.removeIf(session -> kept.contains(session.tokenHash()));
    ended.forEach(session -> tables.endSession(session.tokenHash()));
  }

  private void replace(UserId user, UnaryOperator<Account> change) {
    tables.accounts.computeIfPresent(user, (id, account) -> change.apply(account));
  }
}
