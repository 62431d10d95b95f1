package org.securechat.domain.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;

class SessionCacheTest {
  private static final Instant NOON = Instant.parse("2026-01-19T12:00:00Z");

  private final Store store = new Store();
  private final Time time = new Time();
  private final SessionCache cache = new SessionCache(store, time);

  @Test
  void find_again_asksTheStoreOnce() {
    Caller alice = store.open(1, 1);

    assertEquals(Optional.of(alice), cache.find(hash(1)));
    assertEquals(Optional.of(alice), cache.find(hash(1)));

    assertEquals(1, store.finds);
  }

  @Test
  void find_afterTheLifetime_seesWhatAnotherProcessHasDone() {
    store.open(1, 1);
    Optional<Caller> before = cache.find(hash(1));
    store.sessions.clear();
    time.now = NOON.plus(SessionCache.LIFETIME).minusNanos(1);
    assertEquals(before, cache.find(hash(1)));

    time.now = NOON.plus(SessionCache.LIFETIME);

    assertEquals(Optional.empty(), cache.find(hash(1)));
  }

  @Test
  void find_whenTheClockWasSetBack_asksAgain() {
    store.open(1, 1);
    Optional<Caller> unused = cache.find(hash(1));
    store.sessions.clear();
    time.now = NOON.minusSeconds(60);

    assertEquals(Optional.empty(), cache.find(hash(1)));
  }

  @Test
  void find_unknown_isNotKept() {
    assertEquals(Optional.empty(), cache.find(hash(1)));

    Caller alice = store.open(1, 1);

    assertEquals(Optional.of(alice), cache.find(hash(1)));
  }

  @Test
  void forgetting_aChangeThatEndsTheSession_isKnownAtOnce() {
    store.open(1, 1);
    Caller bob = store.open(2, 2);
    Optional<Caller> unused = cache.find(hash(1)).or(() -> cache.find(hash(2)));
    unused = cache.find(hash(2));

    assertEquals("done", cache.forgetting(new UserId(1), () -> end(1)));

    assertEquals(Optional.empty(), cache.find(hash(1)));
    assertEquals(Optional.of(bob), cache.find(hash(2)));
    assertEquals(3, store.finds, "the other user's session was not forgotten");
  }

  /** It may have taken place all the same. */
  @Test
  void forgetting_aChangeThatFails_forgetsToo() {
    store.open(1, 1);
    Optional<Caller> unused = cache.find(hash(1));

    assertThrows(
        IllegalStateException.class,
        () ->
            cache.forgetting(
                new UserId(1),
                () -> {
                  end(1);
                  throw new IllegalStateException("Whether it was written is not known");
                }));

    assertEquals(Optional.empty(), cache.find(hash(1)));
  }

  /** The look began before the session ended, and would come back with it after that. */
  @Test
  void find_whileTheSessionEnds_isNotKept() {
    Caller alice = store.open(1, 1);
    store.afterFind = () -> cache.forgetting(new UserId(1), () -> end(1));

    assertEquals(Optional.of(alice), cache.find(hash(1)));
    store.afterFind = () -> "";

    assertEquals(Optional.empty(), cache.find(hash(1)));
  }

  @Test
  void touch_session_isUsedLaterAndNoYounger() {
    Caller alice = store.open(1, 1);
    Optional<Caller> unused = cache.find(hash(1));

    cache.touch(alice, NOON.plusSeconds(90));

    assertEquals(List.of(NOON.plusSeconds(90)), store.touches);
    assertEquals(NOON.plusSeconds(90), cache.find(hash(1)).orElseThrow().session().lastUsedAt());
    time.now = NOON.plus(SessionCache.LIFETIME);
    assertEquals(Optional.of(alice), cache.find(hash(1)));
  }

  @Test
  void find_oneSessionMoreThanTheCapacity_makesRoom() {
    for (int i = 1; i <= SessionCache.CAPACITY; i++) {
      store.open(i, i);
      Optional<Caller> unused = cache.find(hash(i));
    }
    store.open(SessionCache.CAPACITY + 1, 1);
    int before = store.finds;
    Optional<Caller> first = cache.find(hash(1));
    assertEquals(before, store.finds, "all fit");

    Optional<Caller> another = cache.find(hash(SessionCache.CAPACITY + 1));

    assertEquals(first.map(Caller::key), another.map(Caller::key));
    Optional<Caller> unused = cache.find(hash(1));
    assertEquals(before + 2, store.finds, "room was made");
  }

  private String end(int session) {
    store.sessions.remove(hash(session));
    return "done";
  }

  private static Sha256 hash(int number) {
    return Sha256.of(ByteBuffer.allocate(4).putInt(number).array());
  }

  private static final class Time extends Clock {
    private Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return Clock.fixed(now, zone);
    }
  }

  /** The testkit's store can't be used here: it depends on this module. */
  private static final class Store implements SessionStore {
    private final Map<Sha256, Caller> sessions = new HashMap<>();
    private Supplier<String> afterFind = () -> "";
    private final List<Instant> touches = new ArrayList<>();
    private int finds;

    Caller open(int session, long user) {
      Caller caller =
          new Caller(
              new Session(
                  hash(session), "id", new UserId(user), SessionState.FULL, NOON, NOON, "agent"),
              IdentityKey.copyOf(new byte[IdentityKey.LENGTH]));
      sessions.put(hash(session), caller);
      return caller;
    }

    @Override
    public Optional<Caller> find(Sha256 tokenHash) {
      finds++;
      Optional<Caller> found = Optional.ofNullable(sessions.get(tokenHash));
      String unused = afterFind.get();
      return found;
    }

    @Override
    public void touch(Sha256 tokenHash, Instant usedAt) {
      touches.add(usedAt);
    }

    @Override
    public boolean end(Sha256 tokenHash, Once once) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Session> list(UserId user) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean end(Actor actor, String id, Once once) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int removeExpired(Instant lastUsedBefore, Instant createdBefore, int limit) {
      throw new UnsupportedOperationException();
    }
  }
}
