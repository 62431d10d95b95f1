package org.securechat.testkit.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.account.Account;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionStore;

/** Sessions on the heap. */
final class InMemorySessionStore implements SessionStore {
  private final MemoryTables tables;

  InMemorySessionStore(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<Caller> find(Sha256 tokenHash) {
    synchronized (tables) {
      Session session = tables.sessions.get(tokenHash);
      Account account = session == null ? null : tables.accounts.get(session.user());
      return session == null || account == null
          ? Optional.empty()
          : Optional.of(new Caller(session, account.profile().identityKey()));
    }
  }

  @Override
  public void touch(Sha256 tokenHash, Instant usedAt) {
    synchronized (tables) {
      tables.sessions.computeIfPresent(
          tokenHash,
          (hash, session) ->
              usedAt.isAfter(session.lastUsedAt()) ? used(session, usedAt) : session);
    }
  }

  @Override
  public boolean end(Sha256 tokenHash, Once once) {
    synchronized (tables) {
      tables.requireUnspent(once);
      if (!tables.sessions.containsKey(tokenHash)) {
        return false;
      }
      tables.endSession(tokenHash);
      tables.used.add(once);
      return true;
    }
  }

  @Override
  public List<Session> list(UserId user) {
    synchronized (tables) {
      return tables.sessionsOf(user).stream()
          .sorted(Comparator.comparing(Session::createdAt))
          .toList();
    }
  }

  @Override
  public boolean end(Actor actor, String id, Once once) {
    synchronized (tables) {
      tables.requireUnspentAndLive(once, actor);
      Optional<Session> ended =
          tables.sessionsOf(actor.user()).stream()
              .filter(session -> session.id().equals(id))
              .findFirst();
      ended.ifPresent(session -> {
        tables.used.add(once);
        tables.endSession(session.tokenHash());
      });
      return ended.isPresent();
    }
  }

  @Override
  public int removeExpired(Instant lastUsedBefore, Instant createdBefore, int limit) {
    synchronized (tables) {
      List<Sha256> expired =
          tables.sessions.values().stream()
              .filter(session ->
                  session.lastUsedAt().isBefore(lastUsedBefore)
                      || session.createdAt().isBefore(createdBefore))
              .limit(limit)
              .map(Session::tokenHash)
              .toList();
      expired.forEach(tables::endSession);
      return expired.size();
    }
  }

  private static Session used(Session session, Instant usedAt) {
    return new Session(
        session.tokenHash(),
        session.id(),
        session.user(),
        session.state(),
        session.createdAt(),
        usedAt,
        session.userAgent());
  }
}
