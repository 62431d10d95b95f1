package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.securechat.testkit.TestClock;

class PostgresqlSchemaTest {
  private static final int NEWEST = Schema.newest();

  private TestDatabase database;
  private Schema schema;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
    schema = Schema.ofPostgresql(database.settings());
  }

  @Test
  void status_emptyDatabase_isVersion0AndCreatesNothing() {
    SchemaStatus status = schema.status();

    assertEquals(0, status.current());
    assertEquals(NEWEST, status.pending().size());
    assertEquals(List.of(), tables());
  }

  @Test
  void migrate_sixAtOnce_isDoneOnce() throws Exception {
    List<Call<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      calls.add(
          Call.start(() -> {
            schema.migrate();
            return schema.status().pending().isEmpty();
          }));
    }

    for (Call<Boolean> call : calls) {
      assertTrue(call.result());
    }
    assertEquals(NEWEST, history().size());
  }

  @Test
  void downgradeTo_eachVersionAndUpAgain_isTheSameSchema() {
    schema.migrate();
    List<String> before = tables();
    List<String> history = history();

    for (int version = NEWEST - 1; version >= 0; version--) {
      schema.downgradeTo(version, false);
      assertEquals(version, schema.status().current());
    }
    assertEquals(List.of("flyway_schema_history"), tables());
    schema.migrate();

    assertEquals(before, tables());
    assertEquals(history, history());
  }

  @Test
  void downgradeTo_rowsWithoutForce_isRefusedAndChangesNothing() {
    schema.migrate();
    insertRow();
    List<String> before = tables();

    assertSaysWhy(
        SchemaException.class, "lost from attempts (1)", () -> schema.downgradeTo(0, false));

    assertEquals(before, tables());
    assertEquals(NEWEST, schema.status().current());
    schema.downgradeTo(0, true);
    assertEquals(0, schema.status().current());
  }

  @Test
  void downgradeTo_beforeConversationsAndUpAgain_keepsClosedAccountsWithoutWhatTheyLeft() {
    schema.migrate();
    execute("INSERT INTO closed_accounts (id, closed_at_ms, pending) VALUES (7, 1, TRUE)");
    execute(
        "INSERT INTO files (id, conversation_id, uploader_id, state, name, mime_type, began_at_ms)"
            + " VALUES (1, 1, 7, 'uploading', 'file', 'a/b', 0)");
    execute("INSERT INTO file_chunks (file_id, number, bytes) VALUES (1, 0, '\\x01')");

    assertSaysWhy(
        SchemaException.class,
        "lost from closed_accounts (1), file_chunks (1), files (1)",
        () -> schema.downgradeTo(3, false));
    schema.downgradeTo(3, true);
    schema.migrate();

    assertEquals(
        List.of("7 1 false"),
        database.strings(
            "SELECT id || ' ' || closed_at_ms || ' ' || pending FROM closed_accounts"));
    assertEquals(List.of(), database.strings("SELECT id::text FROM files"));
  }

  @Test
  void anyChange_schemaNewerThanTheProgram_isRefused() {
    schema.migrate();
    execute(
        "INSERT INTO flyway_schema_history VALUES (999, '999', 'future', 'SQL', 'V999__future.sql',"
            + " 1, 'test', '2099-01-01', 1, true)");

    String why = "version 999, which is newer than this program's " + NEWEST;
    assertSaysWhy(SchemaException.class, why, schema::migrate);
    assertSaysWhy(SchemaException.class, why, () -> schema.downgradeTo(0, true));
    assertSaysWhy(
        SchemaException.class,
        why,
        () -> JdbiChat.openPostgresql(database.settings(), TestClock.atNoon()));
  }

  @Test
  void anything_databaseThatIsNot_isRefused() {
    Schema missing = Schema.ofPostgresql(new TestDatabase(database.server(), "missing").settings());

    assertSaysWhy(DatabaseException.class, "no database of that name", missing::status);
    assertSaysWhy(DatabaseException.class, "no database of that name", missing::migrate);
  }

  @Test
  void anything_wrongPassword_isRefusedWithoutShowingIt() {
    PostgresqlAddress address =
        PostgresqlAddress.parse(
            "postgresql://chat:s3cr3t@127.0.0.1:%d/%s"
                .formatted(database.server().port(), database.name()),
            "nobody");
    Schema refused = Schema.ofPostgresql(PostgresqlSettings.of(address));

    DatabaseException thrown = assertThrows(DatabaseException.class, refused::migrate);
    assertTrue(String.valueOf(thrown.getMessage()).contains("the user or the password"));
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      assertFalse(e.toString().contains("s3cr3t"), e::toString);
    }
  }

  private static void assertSaysWhy(
      Class<? extends RuntimeException> type, String part, Executable call) {
    String message = String.valueOf(assertThrows(type, call).getMessage());
    assertTrue(message.contains(part) && message.endsWith("."), message);
  }

  private void insertRow() {
    execute("INSERT INTO attempts (kind, subject, attempts, since_ms) VALUES ('A', 's', 1, 0)");
  }

  private void execute(String sql) {
    try (Handle handle = database.open()) {
      handle.execute(sql);
    }
  }

  private List<String> tables() {
    return database.strings(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY"
            + " 1");
  }

  private List<String> history() {
    return database.strings(
        "SELECT installed_rank || version || script || checksum FROM flyway_schema_history"
            + " WHERE success ORDER BY installed_rank");
  }
}
