package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.actor;
import static org.securechat.testkit.contract.StoreChecks.assertRejected;
import static org.securechat.testkit.contract.StoreChecks.count;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.file.FileId;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.timeline.EncryptedContent;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.MessageDraft;
import org.securechat.domain.timeline.Place;
import org.securechat.domain.timeline.PostDecision;
import org.securechat.domain.timeline.PostFacts;
import org.securechat.domain.timeline.PostMessage.Posted;
import org.securechat.domain.timeline.TimelineFacts;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.Seen;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** How messages are appended. */
interface PostingContract extends StoresContract {

  @Test
  default void append_message_isStoredWhole() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    room.renew(alice);
    Seen seen = room.group().seen();
    FileRecord one = room.upload(bob, "one");
    FileRecord two = room.upload(bob, "two");
    FileRecord three = room.upload(bob, "three");
    List<FileRecord> files = List.of(two, three, one);
    people.clock.advance(Duration.ofMillis(1234));
    MessageDraft draft = room.group().message(bob, "hello", files, Optional.of(60));

    Entry.Message posted = room.post(bob, draft);

    assertEquals(
        new Entry.Message(
            new Place(room.id, 3, bob.id(), 2, NOON.plusMillis(1234)),
            draft.client(),
            draft.sentAtMillis(),
            seen,
            Optional.of(draft.content()),
            draft.content().hash(),
            posted.bodyHash(),
            draft.signature(),
            files,
            Optional.of(60),
            Optional.of(NOON.plusMillis(61_234))),
        posted);
    assertEquals(posted, room.entry(3));
    assertEquals(
        new Tip(seen, NOON).append(MessageChecks.logEntry(posted), NOON.plusMillis(1234)),
        room.view(alice).tip());
  }

  @Test
  default void append_barestMessage_isStoredWhole() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);

    Entry.Message posted = room.post(alice, "x");

    assertEquals(posted, room.entry(2));
    assertEquals(List.of(), posted.files());
    assertEquals(Optional.empty(), posted.expiresIn());
    assertEquals(Optional.empty(), posted.expiresAt());
  }

  @Test
  default void append_largestMessage_isStoredWhole() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    byte[] nonce = new byte[24];
    Arrays.fill(nonce, (byte) 0xff);
    byte[] ciphertext = new byte[64 * 1024];
    for (int i = 0; i < ciphertext.length; i++) {
      ciphertext[i] = (byte) i;
    }
    EncryptedContent content = EncryptedContent.wrap(nonce, ciphertext);

    room.post(
        alice,
        room.group()
            .message(
                alice, TestGroup.freshClientId(), content, List.of(), Optional.of(31_536_000)));

    Entry.Message stored = (Entry.Message) room.entry(2);
    assertEquals(Optional.of(content), stored.content());
    assertEquals(Optional.of(NOON.plus(Duration.ofDays(365))), stored.expiresAt());
  }

  @Test
  default void append_facts_areTheTimelineAsItStands() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    Room room = people.gather(alice, bob, carol);
    room.post(alice, "2");
    room.renew(bob);
    people.clock.advance(Duration.ofMillis(5));
    room.post(alice, "4");
    MessageDraft draft = room.group().message(bob, "5");

    TestGroup group = room.group();
    TimelineFacts expected =
        new TimelineFacts(
            group.id(),
            2,
            3,
            false,
            new Tip(group.seen(), NOON.plusMillis(5)),
            Optional.of(room.participant(bob)),
            Optional.of(group.seen().hash()));
    assertEquals(new PostFacts(expected, Optional.empty(), List.of()), room.postFacts(bob, draft));

    room.leave(carol);
    assertTrue(room.postFacts(bob, draft).timeline().rekeyRequired());
    assertEquals(Optional.empty(), room.postFacts(carol, draft).timeline().participant());
  }

  @Test
  default void append_seenThatIsNotThere_hasNoHash() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    MessageDraft early =
        TestGroup.from(room.group().id(), Seen.NOTHING).read(room.entry(1)).message(alice, "2");
    room.post(alice, "2");
    MessageDraft late = room.group().message(alice, "3");
    Room other = people.begin(alice);

    assertEquals(
        Optional.of(early.seen().hash()), room.postFacts(alice, early).timeline().atSeen());
    assertEquals(Optional.of(late.seen().hash()), room.postFacts(alice, late).timeline().atSeen());
    assertEquals(Optional.empty(), other.postFacts(alice, late).timeline().atSeen());
  }

  @Test
  default void append_clientIdOfTheSender_isFoundAgain() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    Room other = people.gather(alice, bob);
    ClientId client = TestGroup.freshClientId();
    MessageDraft draft = room.group().message(alice, client, "first", List.of(), Optional.empty());
    Entry.Message first = room.post(alice, draft);
    room.renew(alice);
    MessageDraft again = room.group().message(alice, client, "second", List.of(), Optional.empty());

    assertEquals(Optional.of(2L), room.postFacts(alice, again).earlier());
    assertEquals(Optional.empty(), room.postFacts(bob, again).earlier());
    assertEquals(Optional.empty(), other.postFacts(alice, again).earlier());
    Posted posted = people.timeline.post().post(people.calling(alice), room.id, again);
    assertEquals(new Posted(first, false), posted);
    assertEquals(3, room.last());
    assertEquals(
        4,
        room.post(bob, room.group().message(bob, client, "bob's", List.of(), Optional.empty()))
            .place()
            .id());
  }

  @Test
  default void append_clientIdOfADeletedMessage_isFoundAgain() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    MessageDraft draft = room.group().message(alice, "first");
    Entry.Message first = room.post(alice, draft);
    room.delete(alice, first);

    Posted again = people.timeline.post().post(people.calling(alice), room.id, draft);

    assertEquals(new Posted(MessageChecks.emptied(first), false), again);
  }

  @Test
  default void append_files_areLookedUpAndBoundToTheMessage() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    FileRecord file = room.upload(alice, "bytes");
    FileRecord ofBob = room.upload(bob, "others");
    StoredFile before =
        new StoredFile(file, room.id, alice.id(), NOON, Optional.empty(), Optional.empty(), false);
    StoredFile stranger =
        new StoredFile(ofBob, room.id, bob.id(), NOON, Optional.empty(), Optional.empty(), false);
    FileRecord nothing =
        new FileRecord(new FileId(77), file.name(), file.mimeType(), file.size(), file.sha256());
    MessageDraft draft =
        room.group().message(alice, "m", List.of(file, nothing, ofBob), Optional.empty());
    assertEquals(Set.of(before, stranger), Set.copyOf(room.postFacts(alice, draft).files()));
    people.clock.advance(Duration.ofSeconds(1));

    room.postExpiring(alice, "with a file", 10, file);

    assertEquals(
        Optional.of(
            new StoredFile(
                file,
                room.id,
                alice.id(),
                NOON,
                Optional.of(2L),
                Optional.of(NOON.plusSeconds(11)),
                false)),
        stores().files().find(file.id()));
    assertRejected(Rejection.INVALID_REQUEST, () -> room.post(alice, "again", file));
    room.post(bob, "without expiry", ofBob);
    StoredFile sent = stores().files().find(ofBob.id()).orElseThrow();
    assertEquals(Optional.of(3L), sent.entry());
    assertEquals(Optional.empty(), sent.expiresAt());
  }

  @Test
  default void append_decisionThrows_changesNothing() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    FileRecord file = room.upload(alice, "bytes");
    MessageDraft draft = room.group().message(alice, "m", List.of(file), Optional.empty());
    Tip before = room.view(alice).tip();

    room.postFacts(alice, draft);

    assertEquals(before, room.view(alice).tip());
    assertEquals(1, room.last());
    assertEquals(Optional.empty(), stores().files().find(file.id()).orElseThrow().entry());
  }

  @Test
  default void append_inNoSession_isRefusedFirst() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    people.register(2, "bob");
    Room room = people.begin(alice);
    MessageDraft draft = room.group().message(alice, "m");

    for (String token : List.of("gone", "first session of bob")) {
      for (ConversationId id : List.of(room.id, new ConversationId(9))) {
        assertRejected(
            Rejection.NOT_AUTHENTICATED,
            () ->
                stores()
                    .messages()
                    .append(
                        id,
                        draft,
                        facts -> {
                          throw new AssertionError("The session is looked at first");
                        },
                        actor(1, token)));
      }
    }

    assertEquals(1, room.last());
  }

  @Test
  default void append_noSuchConversation_isEmpty() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    MessageDraft draft = people.begin(alice).group().message(alice, "m");

    assertEquals(
        Optional.empty(),
        stores()
            .messages()
            .append(
                new ConversationId(9),
                draft,
                facts -> new PostDecision.Earlier(1),
                people.actor(alice)));
  }

  @Test
  default void append_oneClientIdFiftyTimesAtOnce_isStoredOnce() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    MessageDraft draft = room.group().message(alice, "only once");

    List<Outcome<Posted>> outcomes =
        ConcurrentRuns.run(
            50, i -> people.timeline.post().post(people.calling(alice), room.id, draft));

    assertEquals(2, room.last());
    Entry.Message stored = (Entry.Message) room.entry(2);
    assertEquals(1, count(outcomes, new Posted(stored, true).toString()), outcomes::toString);
    assertEquals(49, count(outcomes, new Posted(stored, false).toString()), outcomes::toString);
  }

  @Test
  default void append_oneFileFiftyTimesAtOnce_goesIntoOneMessage() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    FileRecord file = room.upload(alice, "bytes");
    TestGroup group = room.group();

    List<Outcome<Posted>> outcomes =
        ConcurrentRuns.run(
            50,
            i ->
                people
                    .timeline
                    .post()
                    .post(
                        people.calling(alice),
                        room.id,
                        group.message(alice, "m" + i, List.of(file), Optional.empty())));

    assertEquals(49, count(outcomes, "INVALID_REQUEST"), outcomes::toString);
    assertEquals(2, room.last());
    assertEquals(Optional.of(2L), stores().files().find(file.id()).orElseThrow().entry());
  }
}
