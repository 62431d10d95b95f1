package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.Standing;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** How conversations look to those who are in them. */
interface ConversationViewContract extends StoresContract {

  @Test
  default void view_strangerOrNoConversation_isEmpty() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.begin(alice);

    assertEquals(Optional.empty(), stores().conversations().view(room.id, bob.id()));
    assertEquals(Optional.empty(), stores().conversations().participant(room.id, bob.id()));
    assertEquals(
        Optional.empty(), stores().conversations().view(new ConversationId(9), alice.id()));
    assertEquals(
        Optional.empty(), stores().conversations().participant(new ConversationId(9), alice.id()));
  }

  @Test
  default void view_marks_areTold() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    room.post(alice, "one");
    room.markRead(bob, 2);

    assertEquals(
        List.of(0L, 2L),
        room.view(alice).participants().orElseThrow().stream()
            .map(each -> each.readUpTo())
            .toList());
  }

  @Test
  default void view_unread_areMessagesOfOthersAfterTheMark() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    assertEquals(0, room.view(bob).unread());

    room.post(alice, "2");
    room.post(bob, "3");
    room.post(alice, "4");
    room.renew(alice);
    room.delete(alice, room.entry(4));
    assertEquals(2, room.view(bob).unread());
    assertEquals(1, room.view(alice).unread());

    room.markRead(bob, 2);
    assertEquals(1, room.view(bob).unread());
    room.markRead(bob, 4);
    assertEquals(0, room.view(bob).unread());
    assertEquals(1, room.view(alice).unread());
  }

  @Test
  default void view_unreadOfANewcomer_beginsWithTheirEpoch() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    Room room = people.gather(alice, bob);
    TestGroup before = room.group();
    room.post(alice, "2");
    room.post(alice, "3");
    room.start(alice, before.add(alice, carol));
    assertEquals(0, room.view(carol).unread());
    assertEquals(2, room.view(bob).unread());

    room.post(alice, "5");

    assertEquals(1, room.view(carol).unread());
    assertEquals(3, room.view(bob).unread());
  }

  @Test
  default void view_moreUnreadThanAnybodyCounts_countsNoFurther() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    TestGroup group = room.group();
    int threads = 10;

    ConcurrentRuns.run(
        threads,
        thread -> {
          for (int i = 0; i < ConversationView.UNREAD_MAX / threads; i++) {
            people.timeline.post().post(people.calling(alice), room.id, group.message(alice, "m"));
          }
          return thread;
        });

    assertEquals(ConversationView.UNREAD_MAX, room.view(bob).unread());
    assertEquals(ConversationView.UNREAD_MAX + 1L, room.last());
    room.post(alice, "one more");
    assertEquals(ConversationView.UNREAD_MAX, room.view(bob).unread());
    room.markRead(bob, 3);
    assertEquals(ConversationView.UNREAD_MAX - 1, room.view(bob).unread());
    assertEquals(
        ConversationView.UNREAD_MAX - 1,
        stores().conversations().listBefore(bob.id(), Optional.empty(), 1, 100).get(0).unread());
  }

  @Test
  default void standings_allConversations_areHowFarTheyHaveGot() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room joined = people.gather(bob, alice);
    Room invited = people.begin(bob, alice);
    Room left = people.begin(bob, alice);
    people.begin(bob);
    joined.post(bob, "hello");
    left.leave(alice);

    assertEquals(
        Set.of(
            new Standing(joined.id, joined.participant(alice), 2, 2),
            new Standing(invited.id, invited.participant(alice), 1, 1)),
        Set.copyOf(stores().conversations().standings(alice.id())));
    assertEquals(2, stores().conversations().standings(alice.id()).size());
    assertEquals(List.of(), stores().conversations().standings(new UserId(9)));
  }

  @Test
  default void fingerprints_eachThingThatHappens_areOthersThanBefore() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    assertEquals(Map.of(), stores().conversations().fingerprints(Set.of(alice.id(), bob.id())));
    Room room = people.begin(alice);
    Room other = people.begin(alice);
    List<Long> seen = new ArrayList<>();
    seen.add(fingerprint(alice));
    List<Runnable> happenings =
        List.of(
            () -> room.post(alice, "hello"),
            () -> other.post(alice, "hello"),
            () -> room.add(alice, bob),
            () -> room.join(bob),
            () -> room.leave(bob),
            () -> room.leave(alice),
            () -> people.begin(bob, alice));

    for (Runnable happening : happenings) {
      assertEquals(seen.get(seen.size() - 1), fingerprint(alice));
      happening.run();
      assertNotEquals(seen.get(seen.size() - 1), fingerprint(alice));
      seen.add(fingerprint(alice));
    }
  }

  @Test
  default void standings_manyConversations_areInTheOrderOfTheirIds() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    for (int i = 0; i < 8; i++) {
      people.begin(i % 2 == 0 ? alice : bob, i % 2 == 0 ? bob : alice);
    }

    List<Long> ids =
        stores().conversations().standings(alice.id()).stream()
            .map(standing -> standing.conversation().value())
            .toList();

    assertEquals(8, ids.size());
    assertEquals(ids.stream().sorted().toList(), ids);
  }

  private long fingerprint(Person person) {
    return stores()
        .conversations()
        .fingerprints(List.of(person.id()))
        .getOrDefault(person.id(), 0L);
  }

  @Test
  default void fingerprints_severalUsers_areTheirOwn() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    people.begin(alice);
    Room room = people.begin(bob);
    long ofAlice = fingerprint(alice);
    long ofBob = fingerprint(bob);

    assertEquals(
        Map.of(alice.id(), ofAlice, bob.id(), ofBob),
        stores().conversations().fingerprints(Set.of(alice.id(), bob.id(), carol.id())));
    assertEquals(Map.of(), stores().conversations().fingerprints(Set.of()));
    room.post(bob, "hello");
    assertEquals(ofAlice, fingerprint(alice));
  }
}
