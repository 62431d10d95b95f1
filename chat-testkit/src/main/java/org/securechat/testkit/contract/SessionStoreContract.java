package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.actor;
import static org.securechat.testkit.contract.AccountFixtures.firstSession;
import static org.securechat.testkit.contract.AccountFixtures.hash;
import static org.securechat.testkit.contract.AccountFixtures.once;
import static org.securechat.testkit.contract.AccountFixtures.register;
import static org.securechat.testkit.contract.AccountFixtures.session;
import static org.securechat.testkit.contract.AccountFixtures.step;
import static org.securechat.testkit.contract.StoreChecks.assertWantsASession;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.SignIn;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionStore;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestUser;

/** What every {@link SessionStore} does; implement it in a test class of the adapter. */
public interface SessionStoreContract extends StoresContract {
  private SessionStore sessions() {
    return stores().sessions();
  }

  /** Signs user 1 in with a session of this token. */
  private void open(String token, int number) {
    SignIn signIn =
        AccountFixtures.signIn(
            AccountFixtures.STEP.plus(number),
            session(1, token),
            Optional.empty(),
            AccountFixtures.NOTHING_CHARGED);
    assertTrue(stores().accounts().signIn(signIn, once(1, "login " + number)));
  }

  private Optional<Instant> lastUsed(String token) {
    return sessions().find(hash(token)).map(caller -> caller.session().lastUsedAt());
  }

  @Test
  default void find_unknownToken_isEmpty() {
    assertEquals(Optional.empty(), sessions().find(hash("unknown")));
  }

  @Test
  default void touch_laterInstant_movesLastUse() {
    register(stores(), 1, TestUser.named("alice"));
    open("s", 1);

    sessions().touch(hash("s"), NOON.plusSeconds(90));
    sessions().touch(hash("s"), NOON.plusSeconds(60));
    sessions().touch(hash("unknown"), NOON.plusSeconds(90));

    assertEquals(Optional.of(NOON.plusSeconds(90)), lastUsed("s"));
  }

  @Test
  default void end_openSession_isGoneAndSpendsOnce() {
    register(stores(), 1, TestUser.named("alice"));
    open("s", 1);
    open("other", 2);

    assertTrue(sessions().end(hash("s"), once(1, "logout")));

    assertEquals(Optional.empty(), sessions().find(hash("s")));
    assertTrue(sessions().find(hash("other")).isPresent());
    assertTrue(stores().replays().seen(once(1, "logout")));
  }

  @Test
  default void end_noSession_leavesOnceUnspent() {
    assertFalse(sessions().end(hash("s"), once(1, "logout")));

    assertFalse(stores().replays().seen(once(1, "logout")));
  }

  @Test
  default void end_spentOnce_isReplayedAndKeepsTheSession() {
    register(stores(), 1, TestUser.named("alice"));
    open("s", 1);
    open("other", 2);
    sessions().end(hash("s"), once(1, "logout"));

    RejectedException e =
        assertThrows(
            RejectedException.class, () -> sessions().end(hash("other"), once(1, "logout")));

    assertEquals(Rejection.REPLAYED_REQUEST, e.reason());
    assertTrue(sessions().find(hash("other")).isPresent());
  }

  @Test
  default void end_oneSignatureFiftyTimes_endsOneSession() {
    register(stores(), 1, TestUser.named("alice"));
    int threads = 50;
    for (int i = 0; i < threads; i++) {
      open("s" + i, i + 1);
    }

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(threads, i -> sessions().end(hash("s" + i), once(1, "logout")));

    assertEquals(1, outcomes.stream().filter(o -> o.toString().equals("true")).count());
    assertEquals(
        threads - 1,
        outcomes.stream()
            .filter(o -> o.rejection().equals(Optional.of(Rejection.REPLAYED_REQUEST)))
            .count(),
        outcomes::toString);
  }

  @Test
  default void list_sessionsOfAUser_areAllInTheOrderOfTheirBeginning() {
    register(stores(), 1, TestUser.named("alice"));
    register(stores(), 2, TestUser.named("bob"));
    Session later = session(1, "later", NOON.plusSeconds(2));
    Session between = session(1, "between", NOON.plusSeconds(1));
    stores().accounts().signIn(AccountFixtures.signIn(step(1), later), once(1, "login 1"));
    stores().accounts().signIn(AccountFixtures.signIn(step(2), between), once(1, "login 2"));
    sessions().touch(between.tokenHash(), NOON.plus(Duration.ofDays(99)));

    List<Session> listed = sessions().list(new UserId(1));

    assertEquals(
        List.of(firstSession("alice"), between.tokenHash(), later.tokenHash()),
        listed.stream().map(Session::tokenHash).toList());
    assertEquals(later, listed.get(2));
    assertEquals(List.of(), sessions().list(new UserId(3)));
  }

  @Test
  default void endByName_sessionOfTheActor_isGoneAndSpendsOnce() {
    Actor alice = actor(register(stores(), 1, TestUser.named("alice")));
    open("s", 1);

    assertTrue(sessions().end(alice, session(1, "s").id(), once(1, "end 1")));
    assertEquals(Optional.empty(), sessions().find(hash("s")));
    assertTrue(sessions().find(alice.session()).isPresent());
    assertTrue(stores().replays().seen(once(1, "end 1")));

    assertTrue(sessions().end(alice, session(1, "first session of alice").id(), once(1, "end 2")));
    assertEquals(Optional.empty(), sessions().find(alice.session()));
  }

  @Test
  default void endByName_unknownOrAnothers_changesNothing() {
    Actor alice = actor(register(stores(), 1, TestUser.named("alice")));
    Actor bob = actor(register(stores(), 2, TestUser.named("bob")));

    assertFalse(sessions().end(alice, "unknown", once(1, "end")));
    assertFalse(sessions().end(alice, session(2, "first session of bob").id(), once(1, "end")));

    assertTrue(sessions().find(bob.session()).isPresent());
    assertFalse(stores().replays().seen(once(1, "end")));
  }

  @Test
  default void endByName_inNoSession_isRefused() {
    register(stores(), 1, TestUser.named("alice"));
    register(stores(), 2, TestUser.named("bob"));
    String id = session(1, "first session of alice").id();

    assertWantsASession(stores(), (actor, once) -> sessions().end(actor, id, once));

    assertTrue(sessions().find(firstSession("alice")).isPresent());
  }

  @Test
  default void removeExpired_idleOrOldSessions_removesUpToTheLimit() {
    register(stores(), 1, TestUser.named("alice"));
    open("idle", 1);
    open("busy", 2);
    sessions().touch(hash("busy"), NOON.plus(Duration.ofHours(2)));
    Instant anHourLater = NOON.plus(Duration.ofHours(1));

    assertEquals(0, sessions().removeExpired(NOON, NOON, 10));
    assertEquals(1, sessions().removeExpired(anHourLater, NOON, 1));
    assertEquals(1, sessions().removeExpired(anHourLater, NOON, 10));
    assertEquals(Optional.empty(), sessions().find(hash("idle")));
    assertEquals(Optional.of(NOON.plus(Duration.ofHours(2))), lastUsed("busy"));
    assertEquals(1, sessions().removeExpired(NOON, anHourLater, 10));
    assertEquals(Optional.empty(), sessions().find(hash("busy")));
  }
}
