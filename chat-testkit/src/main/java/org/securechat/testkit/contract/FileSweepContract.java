package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.hash;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.file.FileId;
import org.securechat.domain.file.FileName;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.FileStore;
import org.securechat.domain.file.MimeType;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.file.Upload;
import org.securechat.domain.timeline.Entry;
import org.securechat.testkit.TestGroup.Person;

/** How files go. */
interface FileSweepContract extends StoresContract {
  Instant BEFORE_ALL = NOON.minus(Duration.ofDays(1));

  private FileStore files() {
    return stores().files();
  }

  /** Sweeps to the end, chunk by chunk; returns how many calls had more to do. */
  private int sweepAll(Instant begunBefore, Instant uploadedBefore) {
    int calls = 0;
    while (files().sweep(begunBefore, uploadedBefore, 1)) {
      calls++;
      assertTrue(calls < 1000, "The sweeping does not come to an end");
    }
    return calls;
  }

  @Test
  default void sweep_nothingOld_keepsAll() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    FileRecord unsent = room.upload(alice, "unsent");
    FileRecord sent = room.upload(alice, "sent");
    room.post(alice, "m", sent);

    assertFalse(files().sweep(NOON, NOON, 10));

    assertTrue(files().chunk(unsent.id(), 0).isPresent());
    assertTrue(files().chunk(sent.id(), 0).isPresent());
  }

  @Test
  default void sweep_erasedFile_losesItsBytesAndKeepsItsRecordInTheMessage() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    FileRecord file = room.upload(alice, new byte[2 * FileStore.CHUNK + 1]);
    FileRecord other = room.upload(alice, "other");
    Entry.Message message = room.post(alice, "m", file);
    room.post(alice, "n", other);
    room.delete(alice, message);

    assertTrue(files().sweep(BEFORE_ALL, BEFORE_ALL, 1));
    sweepAll(BEFORE_ALL, BEFORE_ALL);

    for (int chunk = 0; chunk < 3; chunk++) {
      assertEquals(Optional.empty(), files().chunk(file.id(), chunk));
    }
    StoredFile left = files().find(file.id()).orElseThrow();
    assertTrue(left.erased());
    assertEquals(file, left.file());
    assertEquals(Optional.of(2L), left.entry());
    assertEquals(MessageChecks.emptied(message), room.entry(2));
    assertTrue(files().chunk(other.id(), 0).isPresent());
    assertFalse(files().sweep(BEFORE_ALL, BEFORE_ALL, 1));
  }

  @Test
  default void sweep_fileThatNoMessageCarries_goesWhenItIsOld() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    FileRecord unsent = room.upload(alice, new byte[FileStore.CHUNK + 1]);
    FileRecord empty = room.upload(alice, "");
    FileRecord sent = room.upload(alice, "sent");
    room.post(alice, "m", sent);
    people.clock.advance(Duration.ofSeconds(1));
    FileRecord young = room.upload(alice, "young");

    sweepAll(BEFORE_ALL, NOON.plusSeconds(1));

    for (FileRecord gone : List.of(unsent, empty)) {
      assertEquals(Optional.empty(), files().find(gone.id()));
      assertEquals(Optional.empty(), files().chunk(gone.id(), 0));
    }
    assertEquals(Optional.empty(), files().chunk(unsent.id(), 1));
    for (FileRecord kept : List.of(sent, young)) {
      assertTrue(files().find(kept.id()).isPresent());
      assertTrue(files().chunk(kept.id(), 0).isPresent());
    }
  }

  @Test
  default void sweep_uploadThatDoesNotEnd_isGivenUp() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    FileId old = new FileId(1);
    FileId young = new FileId(2);
    begin(people, room, alice, old, NOON.minusMillis(1));
    begin(people, room, alice, young, NOON);
    for (int i = 0; i < 3; i++) {
      files().write(old, i, new byte[FileStore.CHUNK]);
    }

    assertTrue(sweepAll(NOON, BEFORE_ALL) >= 1);

    begin(people, room, alice, old, NOON);
    for (FileId id : List.of(old, young)) {
      files()
          .seal(id, 0, hash("none"), NOON, facts -> {}, people.actor(alice), people.fresh(alice));
      assertTrue(files().find(id).isPresent());
    }
    assertEquals(Optional.empty(), files().chunk(old, 0));
  }

  private void begin(People people, Room room, Person uploader, FileId id, Instant beganAt) {
    files()
        .begin(
            new Upload(
                id,
                room.id,
                uploader.id(),
                new FileName("file"),
                new MimeType("text/plain"),
                beganAt),
            facts -> {},
            people.actor(uploader));
  }

  @Test
  default void sweep_limit_boundsEachCall() {
    People people = new People(stores());
    Person alice = people.register(1, "alice");
    Room room = people.begin(alice);
    FileRecord file = room.upload(alice, new byte[4 * FileStore.CHUNK]);
    room.delete(alice, room.post(alice, "m", file));

    assertTrue(sweepAll(BEFORE_ALL, BEFORE_ALL) >= 3);

    FileRecord again = room.upload(alice, new byte[4 * FileStore.CHUNK]);
    room.delete(alice, room.post(alice, "n", again));
    assertFalse(files().sweep(BEFORE_ALL, BEFORE_ALL, 100));
    assertEquals(Optional.empty(), files().chunk(again.id(), 3));
  }
}
