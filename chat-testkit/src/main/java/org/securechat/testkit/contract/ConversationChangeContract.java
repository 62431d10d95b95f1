package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.once;
import static org.securechat.testkit.contract.StoreChecks.assertRejected;
import static org.securechat.testkit.contract.StoreChecks.assertWantsASession;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ChangeQuery;
import org.securechat.domain.conversation.ConversationChange;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.conversation.Window;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.Place;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Role;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** How conversations change. */
interface ConversationChangeContract extends StoresContract {
  ConversationChange NOTHING =
      new ConversationChange(Optional.empty(), Optional.empty(), Set.of(), List.of());

  private static ChangeQuery headOnly() {
    return new ChangeQuery(Set.of(), 0);
  }

  @Test
  default void change_epochThatAdds_isStoredWhole() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    Room room = people.gather(alice, bob);
    room.post(alice, "before");
    people.clock.advance(Duration.ofMillis(1500));
    EpochForm form = room.group().add(alice, carol);

    ConversationView view = room.start(alice, form);

    Instant then = NOON.plusMillis(1500);
    EpochStatement statement = EpochStatement.parse(form.statement());
    assertEquals(
        new Entry.Epoch(
            new Place(room.id, 3, alice.id(), 2, then),
            form.statement(),
            statement.hash(),
            form.signature()),
        room.entry(3));
    assertEquals(new Tip(room.group().seen(), then), view.tip());
    assertEquals(2, view.epoch());
    assertEquals(NOON, view.createdAt());
    assertEquals(Optional.of(TestGroup.key(2, alice.id())), view.key());
    assertEquals(
        new Participant(carol.id(), Role.MEMBER, Optional.empty(), 2, new Window(2, 3), alice.id()),
        room.participant(carol));
    assertEquals(
        new Participant(bob.id(), Role.MEMBER, Optional.of(NOON), 1, new Window(0, 1), alice.id()),
        room.participant(bob));
    assertEquals(Optional.of(TestGroup.key(2, carol.id())), room.view(carol).key());
  }

  @Test
  default void change_epochOfAnother_writesDownWhoInvited() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    Room room = people.gather(alice, bob);
    room.start(alice, room.group().change(alice, bob, Role.ADMIN));
    assertEquals(
        new Participant(bob.id(), Role.ADMIN, Optional.of(NOON), 1, new Window(0, 1), alice.id()),
        room.participant(bob));

    room.add(bob, carol);

    assertEquals(
        new Participant(carol.id(), Role.MEMBER, Optional.empty(), 3, new Window(2, 3), bob.id()),
        room.participant(carol));
  }

  @Test
  default void change_join_writesDownWhen() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.begin(alice, bob);
    people.clock.advance(Duration.ofMillis(1));

    ConversationView joined = room.join(bob);
    people.clock.advance(Duration.ofMillis(1));
    ConversationView again = room.join(bob);

    assertEquals(
        new Participant(
            bob.id(),
            Role.MEMBER,
            Optional.of(NOON.plusMillis(1)),
            1,
            new Window(0, 1),
            alice.id()),
        joined.own());
    assertEquals(2, joined.version());
    assertEquals(joined, again);
  }

  @Test
  default void change_eachThatChangesSomething_countsOneVersion() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.begin(alice, bob);
    Optional<ConversationName> name = Optional.of(new ConversationName("name"));
    assertEquals(1, room.view(alice).version());

    room.join(bob);
    assertEquals(2, room.view(alice).version());
    room.start(alice, room.group().renew(alice), name);
    assertEquals(3, room.view(alice).version());
    room.post(alice, "hello");
    room.markRead(bob, 2);
    assertEquals(3, room.view(alice).version());
    room.leave(bob);
    assertEquals(4, room.view(alice).version());
  }

  @Test
  default void change_name_replacesTheOneThatStands() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Optional<ConversationName> first = Optional.of(new ConversationName("first"));
    Optional<ConversationName> second = Optional.of(new ConversationName(""));
    Room room = people.begin(alice, first);
    assertEquals(first, room.view(alice).name());

    room.renew(alice);
    assertEquals(first, room.view(alice).name());
    room.start(alice, room.group().renew(alice), second);
    assertEquals(second, room.view(alice).name());
  }

  @Test
  default void change_removed_areOutWithAllThatTheyHad() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    room.markRead(bob, 1);
    room.markRead(alice, 1);

    room.remove(alice, bob);

    assertFalse(room.isIn(bob));
    assertEquals(Optional.empty(), stores().conversations().view(room.id, bob.id()));
    assertEquals(1, room.view(alice).participantCount());
    assertFalse(room.view(alice).rekeyRequired());
    room.add(alice, bob);
    assertEquals(0, room.view(bob).participants().orElseThrow().get(1).readUpTo());
    assertEquals(1, room.view(bob).participants().orElseThrow().get(0).readUpTo());
    assertEquals(
        List.of(Optional.empty(), Optional.empty(), Optional.of(TestGroup.key(3, bob.id()))),
        stores()
            .conversationKeys()
            .keysFrom(room.id, bob.id(), 1, 10, Integer.MAX_VALUE)
            .epochs()
            .stream()
            .map(epoch -> epoch.key())
            .toList());
    assertEquals(
        new Participant(bob.id(), Role.MEMBER, Optional.empty(), 3, new Window(2, 3), alice.id()),
        room.participant(bob));
  }

  @Test
  default void change_leave_asksForAnotherEpoch() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    room.markRead(bob, 1);

    room.leave(bob);

    assertFalse(room.isIn(bob));
    assertTrue(room.view(alice).rekeyRequired());
    assertEquals(1, room.view(alice).participantCount());
    assertRejected(Rejection.REKEY_REQUIRED, () -> room.post(alice, "too early"));
    room.remove(alice, bob);
    assertFalse(room.view(alice).rekeyRequired());
    room.post(alice, "now");
    room.add(alice, bob);
    assertEquals(0, room.view(alice).participants().orElseThrow().get(1).readUpTo());
  }

  @Test
  default void change_decisionThrows_changesNothing() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    ConversationView before = room.view(alice);

    assertRejected(
        Rejection.SEEN_MISMATCH,
        () ->
            stores()
                .conversations()
                .change(
                    room.id,
                    headOnly(),
                    facts -> {
                      throw StoreChecks.refusal(Rejection.SEEN_MISMATCH);
                    },
                    people.actor(alice),
                    once(1, "change")));

    assertEquals(before, room.view(alice));
    assertEquals(1, room.last());
    assertFalse(stores().replays().seen(once(1, "change")));
  }

  @Test
  default void change_decidedToBeNothing_spendsOnceOnly() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    ConversationView before = room.view(alice);

    assertEquals(
        Optional.of(NOTHING),
        stores()
            .conversations()
            .change(room.id, headOnly(), facts -> NOTHING, people.actor(alice), once(1, "change")));

    assertEquals(before, room.view(alice));
    assertTrue(stores().replays().seen(once(1, "change")));
    assertRejected(
        Rejection.REPLAYED_REQUEST,
        () ->
            stores()
                .conversations()
                .change(
                    room.id,
                    headOnly(),
                    facts -> {
                      throw new AssertionError("A replay is told first");
                    },
                    people.actor(alice),
                    once(1, "change")));
  }

  @Test
  default void change_noSuchConversation_leavesOnceUnspent() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");

    assertEquals(
        Optional.empty(),
        stores()
            .conversations()
            .change(
                new ConversationId(9),
                headOnly(),
                facts -> NOTHING,
                people.actor(alice),
                once(1, "change")));

    assertFalse(stores().replays().seen(once(1, "change")));
  }

  @Test
  default void change_inNoSession_isRefused() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.begin(alice, bob);
    ConversationView before = room.view(alice);

    assertWantsASession(
        stores(),
        (actor, once) ->
            stores()
                .conversations()
                .change(
                    room.id,
                    headOnly(),
                    facts -> {
                      throw new AssertionError("The session is looked at first");
                    },
                    actor,
                    once));

    assertEquals(before, room.view(alice));
  }

  @Test
  default void change_anotherConversation_isNotTouched() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    Room other = people.gather(alice, bob);
    other.markRead(bob, 1);
    ConversationView before = other.view(bob);

    room.renew(alice);
    room.post(alice, "hello");
    room.markRead(bob, 2);
    room.leave(bob);

    assertEquals(before, other.view(bob));
  }
}
