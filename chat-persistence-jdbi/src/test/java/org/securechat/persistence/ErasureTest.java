package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.domain.file.FileId;
import org.securechat.domain.file.FileName;
import org.securechat.domain.file.FileStore;
import org.securechat.domain.file.MimeType;
import org.securechat.domain.file.Upload;
import org.securechat.domain.timeline.Entry;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestGroup.Person;

/** What is erased is in none of SQLite's files. */
class ErasureTest {
  private static final int LARGE = 20_000;

  @TempDir Path folder;
  private SqliteSettings settings;
  private JdbiChat chat;
  private Talk talk;
  private Talk.Room room;
  private Person alice;
  private Person bob;

  @BeforeEach
  void open() {
    settings = SqliteSettings.of(folder.resolve("chat.db"));
    TestClock clock = TestClock.atNoon();
    chat = JdbiChat.openSqlite(settings, clock);
    try (Handle handle = handle()) {
      alice = Talk.register(handle, 1, "alice");
      bob = Talk.register(handle, 2, "bob");
    }
    talk = new Talk(chat.stores(), clock);
    room = talk.gather(alice, bob);
  }

  @AfterEach
  void close() {
    chat.close();
  }

  @Test
  void delete_messageWithFile_leavesNoTrace() throws Exception {
    Entry.Message message = room.post(alice, planted("message-"), room.upload(alice, file()));
    assertTrue(isInFiles("message-") && isInFiles("chunk-"));

    room.delete(alice, message.place().id());
    sweepFiles();

    assertNoTrace();
  }

  @Test
  void expire_messageWithFile_leavesNoTrace() throws Exception {
    Entry.Message message =
        room.postExpiring(
            alice, planted("message-"), Duration.ofSeconds(1), room.upload(alice, file()));
    assertTrue(isInFiles("message-") && isInFiles("chunk-"));

    assertEquals(1, chat.stores().messages().expire(message.expiresAt().orElseThrow(), 10));
    sweepFiles();

    assertNoTrace();
  }

  @Test
  void discard_upload_leavesNoTrace() throws Exception {
    Upload upload =
        new Upload(
            new FileId(7),
            room.id,
            alice.id(),
            new FileName("file"),
            new MimeType("a/b"),
            TestClock.NOON);
    chat.stores().files().begin(upload, facts -> {}, Talk.actor(alice));
    chat.stores().files().write(upload.id(), 0, file());
    assertTrue(isInFiles("chunk-"));

    chat.stores().files().discard(upload.id());

    assertNoTrace();
  }

  @Test
  void sweepEnded_everybodyHasLeft_leavesNoTrace() throws Exception {
    room.post(alice, planted("message-"), room.upload(alice, file()));
    assertTrue(isInFiles("message-") && isInFiles("chunk-"));
    room.leave(bob);
    room.leave(alice);

    while (chat.stores().conversations().sweepEnded(10)) {
      // More is left.
    }
    sweepFiles();

    assertNoTrace();
  }

  private static String planted(String mark) {
    return mark.repeat(LARGE / mark.length());
  }

  private static byte[] file() {
    return planted("chunk-")
        .substring(0, Math.min(LARGE, FileStore.CHUNK) - 10)
        .getBytes(StandardCharsets.UTF_8);
  }

  private void sweepFiles() {
    while (chat.stores().files().sweep(Instant.EPOCH, Instant.EPOCH, 1)) {
      // More is left.
    }
  }

  private void assertNoTrace() throws Exception {
    assertFalse(isInFiles("message-") || isInFiles("chunk-"));
  }

  /** After a checkpoint, which brings the log's pages to the file and begins the log anew. */
  private boolean isInFiles(String mark) throws Exception {
    try (Handle handle = handle()) {
      handle.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    for (String suffix : new String[] {"", "-wal"}) {
      Path file = Path.of(settings.path() + suffix);
      String content = Files.readString(file, StandardCharsets.ISO_8859_1);
      if (content.contains(mark)) {
        return true;
      }
    }
    return false;
  }

  private Handle handle() {
    return Jdbi.open(SqliteDataSource.writing(settings));
  }
}
