package org.securechat.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionStore;

/** Sessions in a SQL table. Safe for use by many threads. */
final class JdbiSessionStore implements SessionStore {
  private final Readers readers;
  private final GroupCommit writer;

  JdbiSessionStore(Readers readers, GroupCommit writer) {
    this.readers = readers;
    this.writer = writer;
  }

  @Override
  public Optional<Caller> find(Sha256 tokenHash) {
    return readers.read(sql -> sql.caller(tokenHash));
  }

  @Override
  public void touch(Sha256 tokenHash, Instant usedAt) {
    writer.run(Locks.on(tokenHash), tables -> tables.sessions().touch(tokenHash, usedAt));
  }

  @Override
  public boolean end(Sha256 tokenHash, Once once) {
    return writer.call(
        Locks.on(tokenHash).and(once),
        tables -> {
          tables.requireUnspent(once);
          if (!tables.sessions().remove(tokenHash)) {
            return false;
          }
          tables.replays().add(once);
          return true;
        });
  }

  @Override
  public List<Session> list(UserId user) {
    return readers.read(SessionSql.class, sql -> sql.list(user));
  }

  @Override
  public boolean end(Actor actor, String id, Once once) {
    return writer.call(
        Locks.on(actor.user()).and(once),
        tables -> {
          tables.requireUnspentAndLive(once, actor);
          if (!tables.sessions().removeNamed(actor.user(), id)) {
            return false;
          }
          tables.replays().add(once);
          return true;
        });
  }

  @Override
  public int removeExpired(Instant lastUsedBefore, Instant createdBefore, int limit) {
    return writer.call(
        Locks.none(),
        tables -> tables.sessions().removeExpired(lastUsedBefore, createdBefore, limit));
  }
}
