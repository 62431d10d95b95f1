package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.actor;
import static org.securechat.testkit.contract.StoreChecks.assertRejected;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ParticipantView;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.timeline.TimelineFacts;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** How marks say what was read. */
interface ReadMarkContract extends StoresContract {

  private static List<Long> marks(Room room, Person viewer) {
    return room.view(viewer).participants().orElseThrow().stream()
        .map(ParticipantView::readUpTo)
        .toList();
  }

  @Test
  default void markRead_laterEntry_movesTheMarkAndNeverBack() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    room.post(alice, "2");
    room.post(alice, "3");

    assertEquals(2, room.markRead(bob, 2));
    assertEquals(2, room.markRead(bob, 1));
    assertEquals(2, room.markRead(bob, 2));
    assertEquals(List.of(0L, 2L), marks(room, alice));
    assertEquals(3, room.markRead(bob, 3));
    assertEquals(0, room.markRead(alice, 0));
    assertEquals(List.of(0L, 3L), marks(room, bob));
  }

  @Test
  default void markRead_facts_areTheTimelineAsItStands() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.begin(alice, bob);
    room.renew(alice);
    TestGroup group = room.group();

    TimelineFacts facts = room.markFacts(bob, 1);

    assertEquals(group.id(), facts.group());
    assertEquals(2, facts.epoch());
    assertEquals(2, facts.epochEntry());
    assertEquals(new Tip(group.seen(), NOON), facts.tip());
    assertEquals(Optional.of(room.participant(bob)), facts.participant());
  }

  @Test
  default void markRead_rulesThrow_changesNothing() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    room.post(alice, "2");
    room.markRead(alice, 1);

    room.markFacts(alice, 2);

    assertEquals(List.of(1L), marks(room, alice));
  }

  @Test
  default void markRead_noSuchConversation_isEmpty() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");

    assertEquals(
        Optional.empty(),
        stores()
            .messages()
            .markRead(new ConversationId(9), 1, NOON, facts -> {}, people.actor(alice)));
  }

  @Test
  default void markRead_inNoSession_isRefusedFirst() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    people.register(2, "bob");
    Room room = people.begin(alice);

    for (String token : List.of("gone", "first session of bob")) {
      assertRejected(
          Rejection.NOT_AUTHENTICATED,
          () ->
              stores()
                  .messages()
                  .markRead(
                      room.id,
                      1,
                      NOON,
                      facts -> {
                        throw new AssertionError("The session is looked at first");
                      },
                      actor(1, token)));
    }

    assertEquals(List.of(0L), marks(room, alice));
  }

  @Test
  default void markRead_manyAtOnce_endsAtTheLast() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    for (int i = 0; i < 15; i++) {
      room.post(alice, "m");
    }

    List<Outcome<Long>> outcomes = ConcurrentRuns.run(16, i -> room.markRead(alice, i + 1L));

    assertEquals(List.of(16L), marks(room, alice));
    for (int i = 0; i < 16; i++) {
      Long standing = outcomes.get(i).value();
      assertTrue(standing != null && standing > i, outcomes::toString);
    }
  }
}
