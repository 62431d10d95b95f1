package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.testkit.contract.AccountFixtures.NOON;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ChangeQuery;
import org.securechat.domain.conversation.Circumstances;
import org.securechat.domain.conversation.ConversationHead;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.Newcomer;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.Seen;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** What a change to a conversation is decided by. */
interface ConversationFactsContract extends StoresContract {

  private static Optional<Sha256> hashAt(Room room, Person actor, long entry) {
    return room.circumstances(actor, new ChangeQuery(Set.of(), entry)).atSeen();
  }

  @Test
  default void change_head_isTheConversationAsItStands() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    Optional<ConversationName> name = Optional.of(new ConversationName("name"));
    Room room = people.begin(alice, name, bob, carol);
    people.clock.advance(Duration.ofSeconds(1));
    room.join(bob);
    room.renew(bob);
    room.post(alice, "hello");
    room.leave(carol);

    ConversationHead head = room.circumstances(bob, new ChangeQuery(Set.of(), 0)).head();

    TestGroup group = room.group();
    assertEquals(
        new ConversationHead(
            room.id,
            group.id(),
            name,
            group.statement(),
            new Tip(group.seen(), NOON.plusSeconds(1)),
            Map.of(alice.id(), room.participant(alice), bob.id(), room.participant(bob))),
        head);
    assertEquals(Set.of(carol.id()), head.leavers());
  }

  @Test
  default void change_hashAtAnEntry_isTheRunningOne() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    Seen first = room.group().seen();
    room.post(alice, "one");
    Seen second = room.group().seen();
    room.delete(alice, room.entry(2));
    Seen third = room.group().seen();

    assertEquals(Optional.of(Seen.NOTHING.hash()), hashAt(room, alice, 0));
    assertEquals(Optional.of(first.hash()), hashAt(room, alice, 1));
    assertEquals(Optional.of(second.hash()), hashAt(room, alice, 2));
    assertEquals(Optional.of(third.hash()), hashAt(room, alice, 3));
    assertEquals(Optional.empty(), hashAt(room, alice, 4));
    assertEquals(Optional.empty(), hashAt(room, alice, (1L << 53) - 1));
  }

  @Test
  default void change_newcomers_areThoseWhoAreAskedForAndNotInYet() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "Carol");
    Person dave = people.register(4, "dave");
    Person erin = people.register(5, "erin");
    stores().blocks().block(alice.id(), NOON, 10, people.actor(carol), people.fresh(carol));
    stores().blocks().block(dave.id(), NOON, 10, people.actor(alice), people.fresh(alice));
    people.close(erin);
    Room room = people.begin(alice, bob);
    ChangeQuery query =
        new ChangeQuery(
            Set.of(alice.id(), bob.id(), carol.id(), dave.id(), erin.id(), new UserId(6)), 0);

    Circumstances facts = room.circumstances(alice, query);

    assertEquals(
        Map.of(
            carol.id(),
            new Newcomer(carol.user().profile().username(), carol.user().identityKey(), true),
            dave.id(),
            new Newcomer(dave.user().profile().username(), dave.user().identityKey(), false)),
        facts.newcomers().accounts());
    assertEquals(
        Map.of(), room.circumstances(alice, new ChangeQuery(Set.of(), 0)).newcomers().accounts());
  }

  @Test
  default void change_pendingInvitations_areThoseOfTheActorInAllConversations() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    Room room = people.begin(alice, bob, carol);
    people.begin(alice, bob);
    room.join(bob);
    ChangeQuery query = new ChangeQuery(Set.of(), 0);

    assertEquals(2, room.circumstances(alice, query).newcomers().pendingInvitations());
    assertEquals(0, room.circumstances(bob, query).newcomers().pendingInvitations());
  }
}
