package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.StoreChecks.assertRejected;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.ChatStores;
import org.securechat.domain.conversation.ChangeQuery;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.EpochForm;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.timeline.MessageDraft;
import org.securechat.domain.timeline.Page;
import org.securechat.domain.timeline.PageRange;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** What becomes of conversations that nobody is in any more. */
interface EndedConversationContract extends StoresContract {
  Instant LONG_AGO = NOON.minus(Duration.ofDays(365));

  /** Sweeps conversations and files to the end, in small batches. */
  static void sweep(ChatStores stores) {
    boolean more = true;
    for (int calls = 0; more; calls++) {
      assertTrue(calls < 1000, "The sweeping does not come to an end");
      more = stores.conversations().sweepEnded(2);
      more |= stores.files().sweep(LONG_AGO, LONG_AGO, 1);
    }
  }

  @Test
  default void change_lastOneLeaves_nobodyGetsAtAnything() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    room.post(alice, "hello");
    MessageDraft draft = room.group().message(alice, "too late");

    room.leave(alice);

    assertEquals(Optional.empty(), stores().conversations().view(room.id, alice.id()));
    assertEquals(Optional.empty(), stores().conversations().participant(room.id, alice.id()));
    assertEquals(List.of(), stores().conversations().standings(alice.id()));
    assertEquals(Map.of(), stores().conversations().fingerprints(Set.of(alice.id())));
    assertEquals(Optional.empty(), stores().messages().entry(room.id, 2));
    assertEquals(
        new Page(List.of(), false),
        stores()
            .messages()
            .page(room.id, new PageRange(0, Long.MAX_VALUE, true), 10, Integer.MAX_VALUE));
    assertEquals(
        List.of(),
        stores()
            .conversationKeys()
            .keysFrom(room.id, alice.id(), 1, 10, Integer.MAX_VALUE)
            .epochs());
    assertRejected(Rejection.NOT_FOUND, () -> room.post(alice, draft));
    assertRejected(Rejection.NOT_FOUND, () -> room.join(alice));
    assertEquals(
        Optional.empty(),
        stores()
            .conversations()
            .change(
                room.id,
                new ChangeQuery(Set.of(), 0),
                facts -> ConversationChangeContract.NOTHING,
                people.actor(alice),
                people.fresh(alice)));
  }

  @Test
  default void sweepEnded_endedConversation_isGoneWithItsGroupAndFiles() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    TestGroup begun = TestGroup.from(room.group().id(), TestGroup.create().seen());
    FileRecord sent = room.upload(alice, "sent");
    room.post(alice, "hello", sent);
    room.delete(alice, room.entry(2));
    FileRecord kept = room.upload(alice, "kept");
    room.post(alice, "hello again", kept);
    FileRecord unsent = room.upload(bob, "unsent");
    room.renew(bob);
    room.markRead(bob, 2);
    room.leave(bob);
    room.leave(alice);
    EpochForm form = begun.first(alice);
    assertRejected(
        Rejection.GROUP_ID_TAKEN,
        () ->
            people
                .conversations
                .start()
                .start(people.calling(alice), begun.id(), Optional.empty(), form));

    sweep(stores());

    for (FileRecord file : List.of(sent, kept, unsent)) {
      assertEquals(Optional.empty(), stores().files().find(file.id()));
      assertEquals(Optional.empty(), stores().files().chunk(file.id(), 0));
    }
    ConversationView again =
        people
            .conversations
            .start()
            .start(people.calling(alice), begun.id(), Optional.empty(), form);
    assertEquals(1, again.tip().last());
    assertEquals(0, new Room(people, again.id(), begun).participant(alice).window().after());
  }

  @Test
  default void sweepEnded_whoeverIsStillIn_keepsAll() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.begin(alice, bob);
    Room ended = people.begin(alice);
    FileRecord file = room.upload(alice, "bytes");
    room.post(alice, "hello", file);
    room.leave(alice);
    ended.leave(alice);

    sweep(stores());

    assertTrue(room.isIn(bob));
    assertEquals(2, room.last());
    assertFalse(stores().files().find(file.id()).orElseThrow().erased());
    assertTrue(stores().files().chunk(file.id(), 0).isPresent());
    assertFalse(stores().conversations().sweepEnded(10));
  }
}
