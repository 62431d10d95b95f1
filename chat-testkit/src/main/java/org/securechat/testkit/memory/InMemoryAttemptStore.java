package org.securechat.testkit.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.securechat.domain.credential.AttemptCount;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.credential.AttemptStore;
import org.securechat.domain.credential.Settlement;

/** Attempts on the heap. */
final class InMemoryAttemptStore implements AttemptStore {
  private final MemoryTables tables;

  InMemoryAttemptStore(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<Instant> charge(AttemptCounter counter, AttemptRule rule, Instant now) {
    synchronized (tables) {
      Optional<AttemptCount> current = Optional.ofNullable(tables.attempts.get(counter));
      Optional<AttemptCount> blocking = current.filter(count -> count.blocks(now));
      if (blocking.isPresent()) {
        return blocking.get().blockedUntil();
      }
      tables.attempts.put(counter, rule.charge(current, now));
      return Optional.empty();
    }
  }

  @Override
  public void settle(Settlement settlement) {
    synchronized (tables) {
      tables.settle(settlement);
    }
  }

  @Override
  public int forgetBefore(AttemptCounter.Kind kind, Instant since, Instant now, int limit) {
    synchronized (tables) {
      List<AttemptCounter> old =
          tables.attempts.entrySet().stream()
              .filter(entry -> entry.getKey().kind() == kind)
              .filter(entry -> entry.getValue().since().isBefore(since))
              .filter(entry -> !entry.getValue().blocks(now))
              .limit(limit)
              .map(Map.Entry::getKey)
              .toList();
      old.forEach(tables.attempts::remove);
      return old.size();
    }
  }
}
