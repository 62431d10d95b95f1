package org.securechat.persistence;

import java.time.Instant;
import java.util.List;
import org.securechat.domain.account.Block;
import org.securechat.domain.account.BlockStore;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;

/** Blocks in a SQL table. Safe for use by many threads. */
final class JdbiBlockStore implements BlockStore {
  private final Readers readers;
  private final GroupCommit writer;

  JdbiBlockStore(Readers readers, GroupCommit writer) {
    this.readers = readers;
    this.writer = writer;
  }

  @Override
  public Outcome block(UserId blocked, Instant at, int limit, Actor actor, Once once) {
    UserId user = actor.user();
    return writer.call(
        Locks.on(user).and(blocked).and(once),
        tables -> {
          tables.requireUnspentAndLive(once, actor);
          if (!tables.accounts().exists(blocked)) {
            return Outcome.NO_SUCH_USER;
          }
          boolean standing = tables.blocks().exists(user, blocked);
          if (!standing && tables.blocks().count(user) >= limit) {
            return Outcome.TOO_MANY;
          }
          tables.replays().add(once);
          if (!standing) {
            tables.blocks().insert(user, blocked, at);
          }
          return Outcome.BLOCKED;
        });
  }

  @Override
  public void unblock(UserId blocked, Actor actor, Once once) {
    writer.run(
        Locks.on(actor.user()).and(once),
        tables -> {
          tables.requireUnspentAndLive(once, actor);
          tables.replays().add(once);
          tables.blocks().remove(actor.user(), blocked);
        });
  }

  @Override
  public List<Block> list(UserId user) {
    return readers.read(BlockSql.class, sql -> sql.list(user));
  }
}
