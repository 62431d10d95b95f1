package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.ChatStores;
import org.securechat.domain.conversation.ConversationStore.Swept;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.ParticipantView;
import org.securechat.domain.file.FileId;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.TestGroup.Person;

/** What becomes of those in conversations whose account ends. */
interface ClosedAccountContract extends StoresContract {

  /** Sweeps to the end, in batches of one; returns the conversations that somebody left. */
  static Set<ConversationId> sweepClosed(ChatStores stores) {
    Set<ConversationId> left = new HashSet<>();
    for (int calls = 0; calls < 1000; calls++) {
      Swept swept = stores.conversations().sweepClosedAccounts(1);
      assertTrue(swept.left().size() <= 1, () -> "More than one: " + swept.left());
      left.addAll(swept.left());
      if (!swept.more()) {
        return left;
      }
    }
    throw new AssertionError("The sweeping does not come to an end");
  }

  private static List<UserId> ids(ConversationView view) {
    return view.participants().orElseThrow().stream().map(ParticipantView::user).toList();
  }

  private boolean isErased(FileId file) {
    return stores().files().find(file).map(StoredFile::erased).orElse(true);
  }

  @Test
  default void sweepClosedAccounts_nothingClosed_doesNothing() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);

    assertEquals(new Swept(List.of(), false), stores().conversations().sweepClosedAccounts(10));

    assertTrue(room.isIn(alice));
  }

  @Test
  default void view_closedAccount_isNotToldAnyMore() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);

    people.close(bob);

    assertEquals(List.of(alice.id()), ids(room.view(alice)));
    assertEquals(
        List.of(alice.id()),
        ids(stores().conversations().listBefore(alice.id(), Optional.empty(), 1, 100).get(0)));
  }

  @Test
  default void sweepClosedAccounts_closedAccount_leavesItsConversations() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room joined = people.gather(alice, bob);
    Room invited = people.begin(alice, bob);
    Room alone = people.begin(bob);
    Room other = people.begin(alice);
    ConversationView before = other.view(alice);
    joined.markRead(bob, 1);
    people.close(bob);

    Set<ConversationId> left = sweepClosed(stores());

    assertEquals(Set.of(joined.id, invited.id, alone.id), left);
    for (Room room : List.of(joined, invited)) {
      assertFalse(room.isIn(bob));
      assertTrue(room.view(alice).rekeyRequired());
      assertEquals(1, room.view(alice).participantCount());
    }
    assertEquals(3, joined.view(alice).version());
    assertEquals(
        Optional.empty(),
        stores()
            .conversationKeys()
            .keysFrom(joined.id, bob.id(), 1, 10, Integer.MAX_VALUE)
            .epochs()
            .get(0)
            .key());
    assertEquals(Optional.empty(), stores().conversations().view(alone.id, bob.id()));
    assertEquals(Optional.empty(), stores().messages().entry(alone.id, 1));
    assertEquals(List.of(), stores().conversations().standings(bob.id()));
    assertEquals(before, other.view(alice));
  }

  @Test
  default void sweepClosedAccounts_messagesOfAClosedAccount_loseContentAndFiles() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    FileRecord ofBob = room.upload(bob, "bob's bytes");
    FileRecord ofAlice = room.upload(alice, "alice's bytes");
    FileRecord unsent = room.upload(bob, "bytes that were not sent");
    Entry.Message fromBob = room.post(bob, "from bob", ofBob);
    Entry.Message fromAlice = room.post(alice, "from alice", ofAlice);
    Room left = people.gather(alice, bob);
    left.post(bob, "before leaving");
    left.leave(bob);
    people.close(bob);

    assertEquals(Set.of(room.id), sweepClosed(stores()));

    assertEquals(MessageChecks.emptied(fromBob), room.entry(fromBob.place().id()));
    assertEquals(fromAlice, room.entry(fromAlice.place().id()));
    assertEquals(3, room.last());
    assertEquals(Optional.empty(), ((Entry.Message) left.entry(2)).content());
    assertTrue(isErased(ofBob.id()));
    assertTrue(isErased(unsent.id()));
    assertFalse(isErased(ofAlice.id()));
  }

  @Test
  default void sweepClosedAccounts_twoClosedAtOnce_takesBothOut() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    Room room = people.gather(alice, bob, carol);
    people.close(bob);
    people.close(carol);

    assertEquals(Set.of(room.id), sweepClosed(stores()));

    assertEquals(1, room.view(alice).participantCount());
    assertEquals(new Swept(List.of(), false), stores().conversations().sweepClosedAccounts(10));
  }

  @Test
  default void sweepClosedAccounts_largeBatch_doesAllAtOnce() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room first = people.gather(alice, bob);
    Room second = people.gather(alice, bob);
    first.post(bob, "hello");
    people.close(bob);

    Swept swept = stores().conversations().sweepClosedAccounts(500);

    assertEquals(Set.of(first.id, second.id), Set.copyOf(swept.left()));
    assertFalse(swept.more());
    assertEquals(Optional.empty(), ((Entry.Message) first.entry(2)).content());
  }
}
