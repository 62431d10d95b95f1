package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.once;
import static org.securechat.testkit.contract.StoreChecks.assertRejected;
import static org.securechat.testkit.contract.StoreChecks.assertWantsASession;
import static org.securechat.testkit.contract.StoreChecks.count;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.timeline.DeleteMessage.Deleted;
import org.securechat.domain.timeline.DeleteMessage.DeletionForm;
import org.securechat.domain.timeline.DeletionDecision;
import org.securechat.domain.timeline.DeletionFacts;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.Place;
import org.securechat.domain.timeline.TimelineFacts;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** How messages are deleted. */
interface DeletionContract extends StoresContract {

  @Test
  default void delete_message_emptiesItAndAppendsTheDeletion() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    FileRecord file = room.upload(bob, "bytes");
    FileRecord other = room.upload(bob, "other bytes");
    Entry.Message message = room.post(bob, "hello", file);
    Entry.Message kept = room.post(bob, "kept", other);
    room.renew(alice);
    DeletionForm form = room.group().deletion(alice, 2);
    people.clock.advance(Duration.ofMillis(3));

    Deleted deleted = people.timeline.delete().delete(people.calling(alice), room.id, form);

    Entry.Deletion deletion =
        new Entry.Deletion(
            new Place(room.id, 5, alice.id(), 2, NOON.plusMillis(3)),
            2,
            form.seen(),
            deleted.deletion().bodyHash(),
            form.signature());
    assertEquals(new Deleted(deletion, true), deleted);
    assertEquals(deletion, room.entry(5));
    assertEquals(MessageChecks.emptied(message), room.entry(2));
    assertEquals(kept, room.entry(3));
    assertTrue(stores().files().find(file.id()).orElseThrow().erased());
    assertFalse(stores().files().find(other.id()).orElseThrow().erased());
    assertEquals(
        new Tip(form.seen(), NOON).append(MessageChecks.logEntry(deletion), NOON.plusMillis(3)),
        room.view(alice).tip());
  }

  @Test
  default void delete_facts_areTheTimelineAndTheTarget() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    room.post(bob, "hello");
    TestGroup group = room.group();
    TimelineFacts timeline =
        new TimelineFacts(
            group.id(),
            1,
            1,
            false,
            new Tip(group.seen(), NOON),
            Optional.of(room.participant(alice)),
            Optional.of(group.seen().hash()));

    assertEquals(
        new DeletionFacts(
            timeline,
            Optional.of(
                new DeletionFacts.Target(2, EntryKind.MESSAGE, bob.id(), Optional.empty()))),
        room.deletionFacts(alice, 2, 2));
    assertEquals(
        Optional.of(new DeletionFacts.Target(1, EntryKind.EPOCH, alice.id(), Optional.empty())),
        room.deletionFacts(alice, 1, 2).target());
    assertEquals(Optional.empty(), room.deletionFacts(alice, 3, 2).target());
    assertEquals(Optional.empty(), room.deletionFacts(alice, 3, 3).timeline().atSeen());

    room.delete(bob, room.entry(2));
    assertEquals(
        Optional.of(new DeletionFacts.Target(2, EntryKind.MESSAGE, bob.id(), Optional.of(3L))),
        room.deletionFacts(alice, 2, 3).target());
    assertEquals(
        Optional.of(new DeletionFacts.Target(3, EntryKind.DELETION, bob.id(), Optional.empty())),
        room.deletionFacts(alice, 3, 3).target());
  }

  @Test
  default void delete_again_givesTheFirstAndSpendsOnce() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    room.post(alice, "hello");
    Deleted first = room.delete(alice, room.entry(2));

    Deleted again = room.delete(alice, room.entry(2));

    assertEquals(new Deleted(first.deletion(), false), again);
    assertEquals(3, room.last());
    assertEquals(
        Optional.of(new DeletionDecision.Earlier(3)),
        stores()
            .messages()
            .delete(
                room.id,
                2,
                1,
                facts -> new DeletionDecision.Earlier(3),
                people.actor(alice),
                once(1, "delete")));
    assertTrue(stores().replays().seen(once(1, "delete")));
    assertRejected(
        Rejection.REPLAYED_REQUEST,
        () ->
            stores()
                .messages()
                .delete(
                    room.id,
                    2,
                    1,
                    facts -> {
                      throw new AssertionError("A replay is told first");
                    },
                    people.actor(alice),
                    once(1, "delete")));
  }

  @Test
  default void delete_decisionThrows_changesNothing() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    Entry.Message message = room.post(alice, "hello");

    assertRejected(
        Rejection.SEEN_MISMATCH,
        () ->
            stores()
                .messages()
                .delete(
                    room.id,
                    2,
                    1,
                    facts -> {
                      throw StoreChecks.refusal(Rejection.SEEN_MISMATCH);
                    },
                    people.actor(alice),
                    once(1, "delete")));

    assertEquals(message, room.entry(2));
    assertEquals(2, room.last());
    assertFalse(stores().replays().seen(once(1, "delete")));
  }

  @Test
  default void delete_noSuchConversation_leavesOnceUnspent() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");

    assertEquals(
        Optional.empty(),
        stores()
            .messages()
            .delete(
                new ConversationId(9),
                2,
                1,
                facts -> new DeletionDecision.Earlier(3),
                people.actor(alice),
                once(1, "delete")));

    assertFalse(stores().replays().seen(once(1, "delete")));
  }

  @Test
  default void delete_inNoSession_isRefused() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    people.register(2, "bob");
    Room room = people.begin(alice);
    Entry.Message message = room.post(alice, "hello");

    assertWantsASession(
        stores(),
        (actor, once) ->
            stores()
                .messages()
                .delete(
                    room.id,
                    2,
                    2,
                    facts -> {
                      throw new AssertionError("The session is looked at first");
                    },
                    actor,
                    once));

    assertEquals(message, room.entry(2));
  }

  @Test
  default void delete_fiftyTimesAtOnce_appendsOneDeletion() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    room.post(alice, "hello");
    DeletionForm form = room.group().deletion(alice, 2);

    List<Outcome<Deleted>> outcomes =
        ConcurrentRuns.run(
            50, i -> people.timeline.delete().delete(people.calling(alice), room.id, form));

    Entry.Deletion stored = (Entry.Deletion) room.entry(3);
    assertEquals(3, room.last());
    assertEquals(1, count(outcomes, new Deleted(stored, true).toString()), outcomes::toString);
    assertEquals(49, count(outcomes, new Deleted(stored, false).toString()), outcomes::toString);
  }
}
