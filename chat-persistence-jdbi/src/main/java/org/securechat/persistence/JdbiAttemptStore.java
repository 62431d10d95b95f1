package org.securechat.persistence;

import java.time.Instant;
import java.util.Optional;
import org.securechat.domain.credential.AttemptCount;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.credential.AttemptStore;
import org.securechat.domain.credential.Settlement;

/** Counts of attempts in a SQL table. Safe for use by many threads. */
final class JdbiAttemptStore implements AttemptStore {
  private final GroupCommit writer;

  JdbiAttemptStore(GroupCommit writer) {
    this.writer = writer;
  }

  @Override
  public Optional<Instant> charge(AttemptCounter counter, AttemptRule rule, Instant now) {
    return writer.call(
        Locks.on(counter),
        tables -> {
          Optional<AttemptCount> current = tables.attempts().find(counter);
          Optional<AttemptCount> blocking = current.filter(count -> count.blocks(now));
          if (blocking.isPresent()) {
            return blocking.get().blockedUntil();
          }
          tables.attempts().put(counter, rule.charge(current, now));
          return Optional.empty();
        });
  }

  @Override
  public void settle(Settlement settlement) {
    writer.run(Locks.none().and(settlement), tables -> tables.settle(settlement));
  }

  @Override
  public int forgetBefore(AttemptCounter.Kind kind, Instant since, Instant now, int limit) {
    return writer.call(
        Locks.none(), tables -> tables.attempts().forgetBefore(kind, since, now, limit));
  }
}
