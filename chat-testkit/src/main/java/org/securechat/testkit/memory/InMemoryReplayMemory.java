package org.securechat.testkit.memory;

import java.time.Instant;
import java.util.List;
import org.securechat.domain.request.Once;
import org.securechat.domain.request.ReplayMemory;

/** Used requests on the heap. */
final class InMemoryReplayMemory implements ReplayMemory {
  private final MemoryTables tables;

  InMemoryReplayMemory(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public boolean seen(Once once) {
    synchronized (tables) {
      return tables.used.contains(once);
    }
  }

  /** There are no copies of a heap. */
  @Override
  public Instant acceptedFrom() {
    return Instant.EPOCH;
  }

  @Override
  public int forgetBefore(Instant signedAt, int limit) {
    synchronized (tables) {
      List<Once> old =
          tables.used.stream()
              .filter(once -> once.signedAt().isBefore(signedAt))
              .limit(limit)
              .toList();
      old.forEach(tables.used::remove);
      return old.size();
    }
  }
}
