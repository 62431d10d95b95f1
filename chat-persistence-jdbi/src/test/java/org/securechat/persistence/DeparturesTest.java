package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.domain.conversation.ConversationStore.Swept;
import org.securechat.domain.timeline.Entry;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestGroup.Person;

/** What somebody leaves behind in conversations goes in steps, and nobody sees it meanwhile. */
class DeparturesTest {
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
    chat = JdbiChat.openSqlite(settings, TestClock.atNoon());
    try (Handle handle = handle()) {
      alice = Talk.register(handle, 1, "alice");
      bob = Talk.register(handle, 2, "bob");
    }
    talk = new Talk(chat.stores(), TestClock.atNoon());
    room = talk.gather(alice, bob);
  }

  @AfterEach
  void close() {
    chat.close();
  }

  @Test
  void leave_moreKeysThanGoAtOnce_areNotGivenOutAndSwept() {
    int epochs = ChangeWriter.KEYS + 2;
    // Only the keys: what the epochs say does not matter here.
    execute(
        "INSERT INTO keys WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n"
            + " WHERE i < "
            + epochs
            + ") SELECT "
            + room.id.value()
            + ", 2, i, x'01' FROM n");
    execute("UPDATE conversations SET epoch = " + epochs);
    execute("UPDATE epochs SET epoch = " + epochs);

    room.leave(bob);

    assertEquals(2, count("keys WHERE user_id = 2"));
    assertEquals(
        Optional.empty(),
        chat.stores()
            .conversationKeys()
            .keysFrom(room.id, bob.id(), 1, 10, 1 << 20)
            .epochs()
            .get(0)
            .key());
    assertTrue(chat.stores().conversations().sweepEnded(1) || count("keys WHERE user_id = 2") == 0);
    while (chat.stores().conversations().sweepEnded(1)) {
      // More is left.
    }
    assertEquals(0, count("keys WHERE user_id = 2"));
    assertEquals(1, count("keys WHERE user_id = 1"));
  }

  @Test
  void sweepClosedAccounts_restartBetweenItsSteps_goesOn() {
    Entry.Message first = room.post(bob, "first");
    Entry.Message last = room.post(bob, "last");
    closeAccount(2);

    assertTrue(chat.stores().conversations().sweepClosedAccounts(2).more());
    assertTrue(content(first).isEmpty() && content(last).isPresent());
    chat.close();
    chat = JdbiChat.openSqlite(settings, TestClock.atNoon());
    Swept swept = chat.stores().conversations().sweepClosedAccounts(10);

    assertFalse(swept.more());
    assertTrue(content(last).isEmpty());
    assertEquals(0, count("departures"));
    assertEquals(0, count("closed_accounts WHERE pending"));
  }

  private Optional<?> content(Entry.Message message) {
    return ((Entry.Message)
            chat.stores().messages().entry(room.id, message.place().id()).orElseThrow())
        .content();
  }

  /** As {@link JdbiAccountStore} does it, without the proofs. */
  private void closeAccount(long id) {
    execute("DELETE FROM users WHERE id = " + id);
    execute("INSERT INTO closed_accounts (id, closed_at_ms, pending) VALUES (" + id + ", 0, 1)");
  }

  private int count(String from) {
    try (Handle handle = handle()) {
      return handle.createQuery("SELECT COUNT(*) FROM " + from).mapTo(int.class).one();
    }
  }

  private void execute(String sql) {
    try (Handle handle = handle()) {
      handle.execute(sql);
    }
  }

  private Handle handle() {
    return Jdbi.open(SqliteDataSource.writing(settings));
  }
}
