package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ActivityMark;
import org.securechat.domain.conversation.ConversationPage;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.TestGroup.Person;

/** How somebody's conversations are listed. */
interface ConversationListContract extends StoresContract {
  int LISTED = 100;

  private ConversationStore conversations() {
    return stores().conversations();
  }

  private static List<ConversationId> ids(List<ConversationView> views) {
    return views.stream().map(ConversationView::id).toList();
  }

  private static ActivityMark mark(Room room, Person viewer) {
    return room.view(viewer).activity();
  }

  @Test
  default void list_pages_goByActivityInBothDirections() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    List<Room> rooms = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      people.clock.advance(Duration.ofMillis(1));
      rooms.add(people.begin(i == 2 ? bob : alice, i == 2 ? alice : bob));
    }
    people.begin(bob);
    people.clock.advance(Duration.ofMillis(1));
    rooms.get(1).post(alice, "moves to the front");
    Room first = rooms.get(1);
    Room second = rooms.get(3);
    Room third = rooms.get(2);
    Room last = rooms.get(0);

    assertEquals(
        List.of(first.id, second.id, third.id, last.id),
        ids(conversations().listBefore(alice.id(), Optional.empty(), 10, LISTED)));
    assertEquals(
        List.of(third.id),
        ids(conversations().listBefore(alice.id(), Optional.of(mark(second, alice)), 1, LISTED)));
    assertEquals(
        List.of(), conversations().listBefore(alice.id(), Optional.of(mark(last, alice)), 9, 1));
    assertEquals(
        List.of(third.id, second.id, first.id),
        ids(conversations().listAfter(alice.id(), mark(last, alice), 10, LISTED)));
    assertEquals(
        List.of(third.id, second.id),
        ids(conversations().listAfter(alice.id(), mark(last, alice), 2, LISTED)));
    assertEquals(List.of(), conversations().listAfter(alice.id(), mark(first, alice), 10, LISTED));
  }

  @Test
  default void list_oneInstant_goesById() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    List<Room> rooms = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rooms.add(people.begin(alice));
    }
    rooms.sort(Comparator.comparingLong(room -> room.id.value()));
    List<ConversationId> rising = rooms.stream().map(room -> room.id).toList();

    assertEquals(
        rising.subList(2, 5),
        ids(conversations().listAfter(alice.id(), mark(rooms.get(1), alice), 10, LISTED)));
    assertEquals(
        List.of(rising.get(1), rising.get(0)),
        ids(
            conversations()
                .listBefore(alice.id(), Optional.of(mark(rooms.get(2), alice)), 10, LISTED)));
  }

  @Test
  default void list_conversations_areWhatASingleLookGives() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    Room room = people.gather(alice, bob, carol);
    Room invited = people.begin(bob, alice);
    people.clock.advance(Duration.ofMillis(1));
    room.post(bob, "hello");
    room.markRead(bob, 2);
    room.leave(carol);
    invited.join(alice);

    assertEquals(
        List.of(room.view(alice), invited.view(alice)),
        conversations().listBefore(alice.id(), Optional.empty(), 10, LISTED));
    assertEquals(
        List.of(room.view(alice)),
        conversations().listAfter(alice.id(), mark(invited, alice), 10, LISTED));
  }

  @Test
  default void list_tooManyParticipants_listsNone() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    Room three = people.begin(alice, bob, carol);
    people.clock.advance(Duration.ofMillis(1));
    Room two = people.begin(alice, bob);

    List<ConversationView> listed = conversations().listBefore(alice.id(), Optional.empty(), 10, 2);

    assertEquals(List.of(two.id, three.id), ids(listed));
    assertEquals(2, listed.get(0).participants().orElseThrow().size());
    assertEquals(Optional.empty(), listed.get(1).participants());
    assertEquals(3, listed.get(1).participantCount());
    assertEquals(3, three.view(alice).participants().orElseThrow().size());
  }

  @Test
  default void list_conversationLeftOrStrange_isMissing() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    room.leave(bob);

    assertEquals(List.of(), conversations().listBefore(bob.id(), Optional.empty(), 10, LISTED));
    assertEquals(
        List.of(room.id),
        ids(conversations().listBefore(alice.id(), Optional.empty(), 10, LISTED)));
  }

  @Test
  default void list_conversationThatMovesBetweenPages_isNotMissed() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    List<Room> rooms = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rooms.add(people.begin(alice));
      people.clock.advance(Duration.ofMinutes(1));
    }
    List<ConversationId> seen = new ArrayList<>();
    ConversationPage page =
        people.conversations.list().list(people.caller(alice), Optional.empty(), 2);
    seen.addAll(ids(page.conversations()));
    rooms.get(0).post(alice, "moves to the front, which is behind the reader");

    while (page.next().isPresent()) {
      page = people.conversations.list().list(people.caller(alice), page.next(), 2);
      seen.addAll(ids(page.conversations()));
    }

    assertEquals(
        List.of(
            rooms.get(4).id, rooms.get(3).id, rooms.get(2).id, rooms.get(1).id, rooms.get(0).id),
        seen);
  }
}
