package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestGroup;
import org.securechat.testkit.TestGroup.Person;

/** Nobody comes into a conversation whose account is just being ended by another process. */
class PostgresqlNewcomersTest {
  private TestDatabase database;
  private JdbiChat chat;
  private Talk talk;
  private Person alice;
  private Person bob;

  @BeforeEach
  void open() {
    database = TestDatabase.migrated();
    chat = JdbiChat.openPostgresql(database.settings(), TestClock.atNoon());
    try (Handle handle = database.open()) {
      alice = Talk.register(handle, 1, "alice");
      bob = Talk.register(handle, 2, "bob");
    }
    talk = new Talk(chat.stores(), TestClock.atNoon());
  }

  @AfterEach
  void close() {
    chat.close();
  }

  @Test
  void create_memberWhoseAccountIsBeingEnded_waitsAndIsRefused() {
    TestGroup group = TestGroup.create();
    try (Handle closing = database.open()) {
      closing.begin();
      closing.execute("DELETE FROM users WHERE id = 2");
      Call<ConversationView> creating =
          Call.start(() ->
              talk.conversations
                  .start()
                  .start(
                      talk.calling(alice), group.id(), Optional.empty(), group.first(alice, bob)));
      Call.awaitTrue(() -> !waitingQueries().isEmpty());
      closing.commit();

      RejectedException thrown = assertInstanceOf(RejectedException.class, creating.thrown());
      assertEquals(Rejection.FORBIDDEN, thrown.reason());
    }
    assertEquals(List.of(), database.strings("SELECT id::text FROM conversations"));
  }

  private List<String> waitingQueries() {
    return database.strings(
        "SELECT query FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = '"
            + database.name()
            + "'");
  }
}
