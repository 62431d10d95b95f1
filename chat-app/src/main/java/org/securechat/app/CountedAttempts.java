package org.securechat.app;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.credential.AttemptStore;
import org.securechat.domain.credential.Settlement;

/** Attempts as another store keeps them; counts those that were turned away. For many threads. */
final class CountedAttempts implements AttemptStore {
  private final AttemptStore attempts;
  private final Map<AttemptCounter.Kind, LongAdder> blocked = new ConcurrentHashMap<>();

  CountedAttempts(AttemptStore attempts) {
    this.attempts = attempts;
  }

  /** How many attempts of a kind were turned away since the start. */
  long blocked(AttemptCounter.Kind kind) {
    return blocked.getOrDefault(kind, new LongAdder()).sum();
  }

  @Override
  public Optional<Instant> charge(AttemptCounter counter, AttemptRule rule, Instant now) {
    Optional<Instant> blockedUntil = attempts.charge(counter, rule, now);
    if (blockedUntil.isPresent()) {
      blocked.computeIfAbsent(counter.kind(), kind -> new LongAdder()).increment();
    }
    return blockedUntil;
  }

  @Override
  public void settle(Settlement settlement) {
    attempts.settle(settlement);
  }

  @Override
  public int forgetBefore(AttemptCounter.Kind kind, Instant since, Instant now, int limit) {
    return attempts.forgetBefore(kind, since, now, limit);
  }
}
