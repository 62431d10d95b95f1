package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.actor;
import static org.securechat.testkit.contract.AccountFixtures.hash;
import static org.securechat.testkit.contract.AccountFixtures.once;
import static org.securechat.testkit.contract.StoreChecks.assertRejected;
import static org.securechat.testkit.contract.StoreChecks.assertWantsASession;
import static org.securechat.testkit.contract.StoreChecks.count;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ConversationSettings;
import org.securechat.domain.file.FileId;
import org.securechat.domain.file.FileName;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.FileSettings;
import org.securechat.domain.file.FileStore;
import org.securechat.domain.file.MimeType;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.file.Upload;
import org.securechat.domain.file.UploadFacts;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestGroup.Person;

/** How files come in. */
interface UploadContract extends StoresContract {
  FileId FILE = new FileId(4711);

  private FileStore files() {
    return stores().files();
  }

  private static Upload upload(FileId id, Room room, Person uploader) {
    return new Upload(
        id, room.id, uploader.id(), new FileName("ž 😀"), new MimeType("text/plain; x=y"), NOON);
  }

  private void begin(People people, Room room, Person uploader) {
    files().begin(upload(FILE, room, uploader), facts -> {}, people.actor(uploader));
  }

  private UploadFacts beginFacts(People people, Room room, Person uploader) {
    return StoreChecks.<UploadFacts, Void>given(rules ->
        files().begin(upload(new FileId(9), room, uploader), rules::apply, people.actor(uploader)));
  }

  private void seal(People people, Person uploader, long size) {
    files()
        .seal(
            FILE,
            size,
            hash("all bytes"),
            NOON.plusSeconds(3),
            facts -> {},
            people.actor(uploader),
            once(1, "seal"));
  }

  private static byte[] chunk(int size, int first) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  @Test
  default void seal_upload_isAFileWithAllItsBytes() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    begin(people, room, alice);
    byte[] first = chunk(FileStore.CHUNK, 1);
    byte[] second = chunk(FileStore.CHUNK, 2);
    byte[] last = chunk(1, 0xff);
    files().write(FILE, 0, first);
    files().write(FILE, 1, second);
    files().write(FILE, 2, last);

    seal(people, alice, 131_073);

    assertEquals(
        Optional.of(
            new StoredFile(
                new FileRecord(
                    FILE,
                    new FileName("ž 😀"),
                    new MimeType("text/plain; x=y"),
                    131_073,
                    hash("all bytes")),
                room.id,
                alice.id(),
                NOON.plusSeconds(3),
                Optional.empty(),
                Optional.empty(),
                false)),
        files().find(FILE));
    assertArrayEquals(first, files().chunk(FILE, 0).orElseThrow());
    assertArrayEquals(second, files().chunk(FILE, 1).orElseThrow());
    assertArrayEquals(last, files().chunk(FILE, 2).orElseThrow());
    assertEquals(Optional.empty(), files().chunk(FILE, 3));
    assertEquals(Optional.empty(), files().chunk(new FileId(1), 0));
    assertTrue(stores().replays().seen(once(1, "seal")));
  }

  @Test
  default void uploadedBy_uploader_isTheirSealedFilesOnly() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    begin(people, room, alice);
    assertEquals(List.of(), files().uploadedBy(alice.id()));

    seal(people, alice, 0);

    assertEquals(List.of(files().find(FILE).orElseThrow()), files().uploadedBy(alice.id()));
    assertEquals(List.of(), files().uploadedBy(people.register(2, "bob").id()));
    files().sweep(NOON, NOON.plusSeconds(4), 10);
    assertEquals(List.of(), files().uploadedBy(alice.id()));
  }

  @Test
  default void write_chunkThatChangesLater_isKeptAsItWas() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    begin(people, people.begin(alice), alice);
    byte[] bytes = chunk(100, 7);

    files().write(FILE, 0, bytes);
    Arrays.fill(bytes, (byte) 0);
    seal(people, alice, 100);

    assertArrayEquals(chunk(100, 7), files().chunk(FILE, 0).orElseThrow());
  }

  @Test
  default void seal_uploadWithoutBytes_isAFile() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    begin(people, people.begin(alice), alice);

    seal(people, alice, 0);

    assertEquals(0, files().find(FILE).orElseThrow().file().size());
    assertEquals(Optional.empty(), files().chunk(FILE, 0));
  }

  @Test
  default void find_uploadThatIsNotSealed_isEmpty() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    begin(people, people.begin(alice), alice);
    files().write(FILE, 0, chunk(10, 1));

    assertEquals(Optional.empty(), files().find(FILE));
    assertEquals(Optional.empty(), files().chunk(FILE, 0));
    assertEquals(Optional.empty(), files().find(new FileId(1)));
  }

  @Test
  default void discard_upload_isGoneWithItsBytes() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    begin(people, room, alice);
    files().write(FILE, 0, chunk(FileStore.CHUNK, 1));
    files().write(FILE, 1, chunk(FileStore.CHUNK, 1));

    files().discard(FILE);
    begin(people, room, alice);
    seal(people, alice, 0);

    assertEquals(Optional.empty(), files().chunk(FILE, 0));
    files().discard(new FileId(1));
  }

  @Test
  default void discard_file_doesNothing() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    FileRecord file = people.begin(alice).upload(alice, "bytes");

    files().discard(file.id());

    assertTrue(files().find(file.id()).isPresent());
    assertTrue(files().chunk(file.id(), 0).isPresent());
  }

  @Test
  default void begin_facts_areWhatTheUploaderHolds() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Room room = people.gather(alice, bob);
    Room other = people.begin(alice);
    room.upload(bob, "of bob");
    FileRecord deleted = room.upload(alice, "deleted");
    FileRecord sent = room.upload(alice, "12345");
    room.post(alice, "with a file", sent);
    other.upload(alice, "1234567");
    begin(people, room, alice);
    files().write(FILE, 0, chunk(1000, 1));
    assertEquals(
        new UploadFacts(Optional.of(room.participant(alice)), 3, 19),
        beginFacts(people, room, alice));

    room.delete(alice, room.post(alice, "to be deleted", deleted));

    UploadFacts expected = new UploadFacts(Optional.of(room.participant(alice)), 2, 12);
    assertEquals(expected, beginFacts(people, room, alice));
    UploadFacts atTheEnd =
        StoreChecks.<UploadFacts, Void>given(rules ->
            files()
                .seal(
                    FILE,
                    1000,
                    hash("all bytes"),
                    NOON,
                    rules::apply,
                    people.actor(alice),
                    once(1, "seal")));
    assertEquals(expected, atTheEnd);
    assertEquals(Optional.empty(), files().find(FILE));
    assertFalse(stores().replays().seen(once(1, "seal")));
    seal(people, alice, 1000);
    assertEquals(
        new UploadFacts(Optional.of(room.participant(alice)), 3, 1012),
        beginFacts(people, room, alice));
  }

  @Test
  default void begin_strangerOrInvited_isToldSo() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Person bob = people.register(2, "bob");
    Person carol = people.register(3, "carol");
    Room room = people.begin(alice, bob);

    assertEquals(Optional.of(room.participant(bob)), beginFacts(people, room, bob).uploader());
    assertEquals(Optional.empty(), beginFacts(people, room, carol).uploader());
    UploadFacts nowhere =
        StoreChecks.<UploadFacts, Void>given(rules ->
            files()
                .begin(
                    new Upload(
                        FILE,
                        new ConversationId(9),
                        alice.id(),
                        new FileName("file"),
                        new MimeType("text/plain"),
                        NOON),
                    rules::apply,
                    people.actor(alice)));
    assertEquals(new UploadFacts(Optional.empty(), 0, 0), nowhere);
  }

  @Test
  default void begin_rulesThrow_changesNothing() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);

    StoreChecks.<UploadFacts, Void>given(
        rules -> files().begin(upload(FILE, room, alice), rules::apply, people.actor(alice)));

    begin(people, room, alice);
    seal(people, alice, 0);
    assertTrue(files().find(FILE).isPresent());
  }

  @Test
  default void begin_inNoSession_isRefusedFirst() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    people.register(2, "bob");
    Room room = people.begin(alice);

    for (String token : List.of("gone", "first session of bob")) {
      assertRejected(
          Rejection.NOT_AUTHENTICATED,
          () ->
              files()
                  .begin(
                      upload(FILE, room, alice),
                      facts -> {
                        throw new AssertionError("The session is looked at first");
                      },
                      actor(1, token)));
    }

    begin(people, room, alice);
  }

  @Test
  default void seal_inNoSession_isRefused() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    people.register(2, "bob");
    begin(people, people.begin(alice), alice);

    assertWantsASession(
        stores(),
        (actor, once) ->
            files()
                .seal(
                    FILE,
                    0,
                    hash("all bytes"),
                    NOON,
                    facts -> {
                      throw new AssertionError("The session is looked at first");
                    },
                    actor,
                    once));

    assertEquals(Optional.empty(), files().find(FILE));
  }

  @Test
  default void seal_fiftyAtOnce_keepsAsManyBytesAsMayBe() {
    FileSettings settings = new FileSettings(100, 1000, 450, 100, Duration.ofHours(1));
    People people = new People(stores(), ConversationSettings.defaults(), settings);
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);

    List<Outcome<FileRecord>> outcomes =
        ConcurrentRuns.run(50, i -> room.upload(alice, new byte[100]));

    assertEquals(46, count(outcomes, "QUOTA_EXCEEDED"), outcomes::toString);
    UploadFacts facts = beginFacts(people, room, alice);
    assertEquals(4, facts.files());
    assertEquals(400, facts.bytes());
  }

  @Test
  default void seal_fiftyAtOnce_keepsAsManyFilesAsMayBe() {
    FileSettings settings = new FileSettings(100, 3, 1000, 100, Duration.ofHours(1));
    People people = new People(stores(), ConversationSettings.defaults(), settings);
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);

    List<Outcome<FileRecord>> outcomes =
        ConcurrentRuns.run(50, i -> room.upload(alice, new byte[] {(byte) i}));

    assertEquals(47, count(outcomes, "QUOTA_EXCEEDED"), outcomes::toString);
    assertEquals(3, beginFacts(people, room, alice).files());
    outcomes.stream()
        .flatMap(outcome -> Optional.ofNullable(outcome.value()).stream())
        .forEach(file -> {
          byte[] bytes = files().chunk(file.id(), 0).orElseThrow();
          assertEquals(file.sha256(), Sha256.of(bytes));
        });
  }
}
