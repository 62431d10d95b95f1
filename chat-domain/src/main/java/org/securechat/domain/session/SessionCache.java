package org.securechat.domain.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;

/**
 * Sessions that were looked up a moment ago, so that not each request asks the store. It may only
 * let somebody read: whatever is written looks at the session again, in its transaction.
 *
 * <p>What ends a session in this process is known here at once, in another one after {@link
 * #LIFETIME} at most. Bounded; safe for use by many threads.
 */
public final class SessionCache {
  /** How long a session is taken for what it was. */
  static final Duration LIFETIME = Duration.ofSeconds(1);

  /** How many sessions are kept. */
  static final int CAPACITY = 10_000;

  private final SessionStore sessions;
  private final Clock clock;
  private final Map<Sha256, Known> known = new ConcurrentHashMap<>();
  private final AtomicLong forgets = new AtomicLong();

  private record Known(Caller caller, Instant since) {
    boolean isFresh(Instant now) {
      return !now.isBefore(since) && now.isBefore(since.plus(LIFETIME));
    }
  }

  public SessionCache(SessionStore sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /** The session of a cookie, as {@link SessionStore#find} gives it. */
  Optional<Caller> find(Sha256 tokenHash) {
    Instant now = clock.instant();
    @Nullable Known cached = known.get(tokenHash);
    if (cached != null && cached.isFresh(now)) {
      return Optional.of(cached.caller());
    }
    long before = forgets.get();
    Optional<Caller> found = sessions.find(tokenHash);
    found.ifPresent(caller -> keep(tokenHash, new Known(caller, now), before));
    return found;
  }

  /** What was forgotten since the look must not come back by it. */
  private void keep(Sha256 tokenHash, Known found, long before) {
    if (known.size() >= CAPACITY) {
      known.clear();
    }
    known.put(tokenHash, found);
    if (forgets.get() != before) {
      known.remove(tokenHash);
    }
  }

  /** Writes down that a session was used, as {@link SessionStore#touch} does. */
  void touch(Caller caller, Instant usedAt) {
    Sha256 tokenHash = caller.session().tokenHash();
    sessions.touch(tokenHash, usedAt);
    known.computeIfPresent(
        tokenHash, (hash, cached) -> new Known(caller.usedAt(usedAt), cached.since()));
  }

  /**
   * Makes a change that may end sessions of a user, and forgets them whether it succeeds or not.
   *
   * @return what the change returned
   */
  public <T> T forgetting(UserId user, Supplier<T> change) {
    try {
      return change.get();
    } finally {
      forgets.incrementAndGet();
      known.values().removeIf(cached -> cached.caller().session().user().equals(user));
    }
  }
}
