package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.actor;
import static org.securechat.testkit.contract.AccountFixtures.once;
import static org.securechat.testkit.contract.AccountFixtures.register;
import static org.securechat.testkit.contract.StoreChecks.assertWantsASession;
import static org.securechat.testkit.contract.StoreChecks.count;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.Block;
import org.securechat.domain.account.BlockStore;
import org.securechat.domain.account.BlockStore.Outcome;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.session.Actor;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.TestUser;

/** What every {@link BlockStore} does; implement it in a test class of the adapter. */
public interface BlockStoreContract extends StoresContract {
  int LIMIT = 3;

  private BlockStore blocks() {
    return stores().blocks();
  }

  /** Registers alice as 1, whose actor this is, and the others from 2 on. */
  private Actor registerAlice(String... others) {
    Actor alice = actor(register(stores(), 1, TestUser.named("alice")));
    for (int i = 0; i < others.length; i++) {
      register(stores(), i + 2L, TestUser.named(others[i]));
    }
    return alice;
  }

  private Outcome block(long blocked, Actor actor) {
    return blocks().block(new UserId(blocked), NOON, LIMIT, actor, once(1, "block " + blocked));
  }

  private static Block blockOf(long user, String name) {
    return new Block(new UserId(user), new Username(name), NOON);
  }

  @Test
  default void block_anotherUser_isListedAndSpendsOnce() {
    Actor alice = registerAlice("bob");

    assertEquals(Outcome.BLOCKED, block(2, alice));

    assertEquals(List.of(blockOf(2, "bob")), blocks().list(alice.user()));
    assertEquals(List.of(), blocks().list(new UserId(2)));
    assertTrue(stores().replays().seen(once(1, "block 2")));
  }

  @Test
  default void block_again_staysSinceWhenItWas() {
    Actor alice = registerAlice("bob");
    block(2, alice);

    assertEquals(
        Outcome.BLOCKED,
        blocks().block(new UserId(2), NOON.plusSeconds(1), LIMIT, alice, once(1, "again")));

    assertEquals(List.of(blockOf(2, "bob")), blocks().list(alice.user()));
    assertTrue(stores().replays().seen(once(1, "again")));
  }

  @Test
  default void block_unknownUser_spendsNothing() {
    Actor alice = registerAlice();

    assertEquals(Outcome.NO_SUCH_USER, block(2, alice));

    assertEquals(List.of(), blocks().list(alice.user()));
    assertFalse(stores().replays().seen(once(1, "block 2")));
  }

  @Test
  default void block_oneMoreThanTheLimit_spendsNothing() {
    Actor alice = registerAlice("b", "c", "d", "e");
    for (int user = 2; user <= 4; user++) {
      assertEquals(Outcome.BLOCKED, block(user, alice));
    }

    assertEquals(Outcome.TOO_MANY, block(5, alice));

    assertEquals(
        List.of(blockOf(2, "b"), blockOf(3, "c"), blockOf(4, "d")), blocks().list(alice.user()));
    assertFalse(stores().replays().seen(once(1, "block 5")));
    assertEquals(
        Outcome.BLOCKED, blocks().block(new UserId(4), NOON, LIMIT, alice, once(1, "again")));
  }

  @Test
  default void block_fiftyUsersAtOnce_blocksAsManyAsMayBe() {
    String[] others = new String[50];
    for (int i = 0; i < others.length; i++) {
      others[i] = "other" + i;
    }
    Actor alice = registerAlice(others);

    List<ConcurrentRuns.Outcome<Outcome>> outcomes =
        ConcurrentRuns.run(50, i -> block(i + 2L, alice));

    assertEquals(LIMIT, count(outcomes, "BLOCKED"), outcomes::toString);
    assertEquals(50 - LIMIT, count(outcomes, "TOO_MANY"), outcomes::toString);
    assertEquals(LIMIT, blocks().list(alice.user()).size());
  }

  @Test
  default void block_inNoSession_isRefused() {
    Actor alice = registerAlice("bob");

    assertWantsASession(
        stores(), (actor, once) -> blocks().block(new UserId(2), NOON, LIMIT, actor, once));

    assertEquals(List.of(), blocks().list(alice.user()));
  }

  @Test
  default void unblock_blockedOrNot_spendsOnce() {
    Actor alice = registerAlice("bob", "carol");
    block(2, alice);
    block(3, alice);

    blocks().unblock(new UserId(2), alice, once(1, "unblock 1"));
    blocks().unblock(new UserId(2), alice, once(1, "unblock 2"));

    assertEquals(List.of(blockOf(3, "carol")), blocks().list(alice.user()));
    assertTrue(stores().replays().seen(once(1, "unblock 1")));
    assertTrue(stores().replays().seen(once(1, "unblock 2")));
  }

  @Test
  default void unblock_whoIsBlockedByAnotherToo_staysBlockedThere() {
    Actor alice = registerAlice("bob", "carol");
    Actor bob = actor(2, "first session of bob");
    block(3, alice);
    blocks().block(new UserId(3), NOON, LIMIT, bob, once(2, "block"));

    blocks().unblock(new UserId(3), alice, once(1, "unblock"));

    assertEquals(List.of(blockOf(3, "carol")), blocks().list(bob.user()));
  }

  @Test
  default void unblock_inNoSession_isRefused() {
    Actor alice = registerAlice("bob");
    block(2, alice);

    assertWantsASession(stores(), (actor, once) -> blocks().unblock(new UserId(2), actor, once));

    assertEquals(List.of(blockOf(2, "bob")), blocks().list(alice.user()));
  }

  @Test
  default void list_anyCase_isInTheOrderOfTheNames() {
    Actor alice = registerAlice("Zoe", "bob", "Carl");
    block(2, alice);
    block(3, alice);
    block(4, alice);

    assertEquals(
        List.of(blockOf(3, "bob"), blockOf(4, "Carl"), blockOf(2, "Zoe")),
        blocks().list(alice.user()));
  }
}
