package org.securechat.testkit.memory;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.securechat.domain.account.Block;
import org.securechat.domain.account.BlockStore;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;

/** Blocks on the heap. */
final class InMemoryBlockStore implements BlockStore {
  private final MemoryTables tables;

  InMemoryBlockStore(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Outcome block(UserId blocked, Instant at, int limit, Actor actor, Once once) {
    synchronized (tables) {
      tables.requireUnspentAndLive(once, actor);
      if (!tables.accounts.containsKey(blocked)) {
        return Outcome.NO_SUCH_USER;
      }
      Map<UserId, Instant> own =
          tables.blocks.computeIfAbsent(actor.user(), user -> new HashMap<>());
      if (!own.containsKey(blocked) && own.size() >= limit) {
        return Outcome.TOO_MANY;
      }
      tables.used.add(once);
      own.putIfAbsent(blocked, at);
      return Outcome.BLOCKED;
    }
  }

  @Override
  public void unblock(UserId blocked, Actor actor, Once once) {
    synchronized (tables) {
      tables.requireUnspentAndLive(once, actor);
      tables.used.add(once);
      tables.blocks.getOrDefault(actor.user(), new HashMap<>()).remove(blocked);
    }
  }

  @Override
  public List<Block> list(UserId user) {
    synchronized (tables) {
      return tables.blocks.getOrDefault(user, Map.of()).entrySet().stream()
          .map(entry ->
              new Block(
                  entry.getKey(),
                  tables.account(entry.getKey()).profile().username(),
                  entry.getValue()))
          .sorted(Comparator.comparing(block -> block.username().canonical()))
          .toList();
    }
  }
}
