package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.testkit.TestClock;

class SchemaTest {
  private static final int NEWEST = Schema.newest();

  @TempDir Path folder;
  private SqliteSettings settings;
  private Schema schema;

  @BeforeEach
  void choosePath() {
    settings = SqliteSettings.of(folder.resolve("chat.db"));
    schema = Schema.ofSqlite(settings);
  }

  @Test
  void status_missingFile_isVersion0AndCreatesNothing() throws Exception {
    SchemaStatus status = schema.status();

    assertEquals(new SchemaStatus(0, NEWEST, scripts()), status);
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void status_emptyFile_isVersion0() throws Exception {
    Files.createFile(settings.path());

    assertEquals(new SchemaStatus(0, NEWEST, scripts()), schema.status());
  }

  @Test
  void migrate_fresh_isNewest() {
    schema.migrate();

    assertEquals(new SchemaStatus(NEWEST, NEWEST, List.of()), schema.status());
  }

  @Test
  void migrate_newest_changesNothing() {
    schema.migrate();
    List<String> before = history();

    schema.migrate();

    assertEquals(before, history());
  }

  @Test
  void migrate_tablesOfAnotherProgram_isRefused() {
    execute("CREATE TABLE users (id INTEGER)");

    assertSaysWhy(SchemaException.class, "could not be brought up", schema::migrate);
  }

  @Test
  void migrations_listOfTheProgram_isWhatFlywayFinds() {
    List<String> found =
        Arrays.stream(flyway().info().all()).map(MigrationInfo::getScript).sorted().toList();

    assertEquals(scripts().stream().map(name -> name + ".sql").toList(), found);
  }

  @Test
  void migrations_each_hasItsUndoScript() {
    for (String script : scripts()) {
      String undo = "/db/sqlite-undo/U" + script.substring(1) + ".sql";
      assertNotNull(Schema.class.getResource(undo), undo);
    }
  }

  @Test
  void downgradeTo_eachVersionAndUpAgain_isTheSameSchema() {
    schema.migrate();
    List<String> before = definitions();
    List<String> history = history();

    for (int version = NEWEST - 1; version >= 0; version--) {
      schema.downgradeTo(version, false);
      assertEquals(version, schema.status().current());
    }
    assertEquals(
        List.of(),
        definitions().stream().filter(sql -> !sql.contains("flyway_schema_history")).toList());
    schema.migrate();

    assertEquals(before, definitions());
    assertEquals(history, history());
    flyway().validate();
  }

  @Test
  void downgradeTo_rowsWithoutForce_isRefusedAndChangesNothing() {
    schema.migrate();
    insertRow();
    List<String> before = definitions();
    List<String> history = history();

    assertSaysWhy(
        SchemaException.class, "lost from attempts (1)", () -> schema.downgradeTo(0, false));

    assertEquals(before, definitions());
    assertEquals(history, history());
    assertEquals(1, count("attempts"));
    flyway().validate();
  }

  @Test
  void downgradeTo_rowsWithForce_isDone() {
    schema.migrate();
    insertRow();

    schema.downgradeTo(0, true);

    assertEquals(new SchemaStatus(0, NEWEST, scripts()), schema.status());
    schema.migrate();
    assertEquals(0, count("attempts"));
  }

  @Test
  void downgradeTo_beforeConversationsAndUpAgain_keepsClosedAccountsWithoutWhatTheyLeft() {
    schema.migrate();
    execute("INSERT INTO closed_accounts (id, closed_at_ms, pending) VALUES (7, 1, 1)");
    execute(
        "INSERT INTO files (id, conversation_id, uploader_id, state, name, mime_type, began_at_ms)"
            + " VALUES (1, 1, 7, 'uploading', 'file', 'a/b', 0)");
    execute("INSERT INTO file_chunks (file_id, number, bytes) VALUES (1, 0, x'01')");

    assertSaysWhy(
        SchemaException.class,
        "lost from closed_accounts (1), file_chunks (1), files (1)",
        () -> schema.downgradeTo(3, false));
    schema.downgradeTo(3, true);
    schema.migrate();

    assertEquals(
        List.of("7 1 0"),
        strings("SELECT id || ' ' || closed_at_ms || ' ' || pending FROM closed_accounts"));
    assertEquals(0, count("files"));
  }

  @Test
  void downgradeTo_notBelowCurrentOrNegative_isRefused() {
    schema.migrate();

    String range = "from 0 to " + (NEWEST - 1);
    assertSaysWhy(SchemaException.class, range, () -> schema.downgradeTo(NEWEST, true));
    assertSaysWhy(SchemaException.class, range, () -> schema.downgradeTo(NEWEST + 1, true));
    assertSaysWhy(SchemaException.class, range, () -> schema.downgradeTo(-1, true));
    assertEquals(NEWEST, schema.status().current());
  }

  @Test
  void downgradeTo_noSchema_saysThatThereIsNone() {
    assertSaysWhy(SchemaException.class, "has no schema", () -> schema.downgradeTo(0, true));
    assertFalse(Files.exists(settings.path()));
  }

  @Test
  void anyChange_schemaNewerThanTheProgram_isRefused() {
    schema.migrate();
    execute(
        "INSERT INTO flyway_schema_history VALUES"
            + " (999, '999', 'future', 'SQL', 'V999__future.sql', 1, 'test', '2099-01-01', 1, 1)");

    assertTrue(schema.status().isNewerThanProgram());
    assertEquals(List.of(), schema.status().pending());
    String why = "version 999, which is newer than this program's " + NEWEST;
    assertSaysWhy(SchemaException.class, why, schema::migrate);
    assertSaysWhy(SchemaException.class, why, () -> schema.downgradeTo(0, true));
    assertSaysWhy(
        SchemaException.class, why, () -> JdbiChat.openSqlite(settings, TestClock.atNoon()));
  }

  @Test
  void anything_fileThatIsNoDatabase_isRefusedAndLeftAlone() throws Exception {
    byte[] text = "This is a letter and no database.".repeat(100).getBytes(StandardCharsets.UTF_8);
    Files.write(settings.path(), text);

    String why = "it is no SQLite database";
    assertSaysWhy(DatabaseException.class, why, schema::status);
    assertSaysWhy(DatabaseException.class, why, schema::migrate);
    assertSaysWhy(DatabaseException.class, why, () -> schema.downgradeTo(0, true));
    assertSaysWhy(
        DatabaseException.class, why, () -> JdbiChat.openSqlite(settings, TestClock.atNoon()));
    assertEquals(new String(text, StandardCharsets.UTF_8), Files.readString(settings.path()));
  }

  @Test
  void anything_damagedDatabase_isRefused() throws Exception {
    schema.migrate();
    byte[] bytes = Files.readAllBytes(settings.path());
    // The header of the file stays, the list of tables after it goes.
    Arrays.fill(bytes, 100, 4096, (byte) 0x5a);
    Files.write(settings.path(), bytes);

    String why = "damaged";
    assertSaysWhy(DatabaseException.class, why, schema::status);
    assertSaysWhy(DatabaseException.class, why, schema::migrate);
    assertSaysWhy(
        DatabaseException.class, why, () -> JdbiChat.openSqlite(settings, TestClock.atNoon()));
  }

  @Test
  void anyChange_missingFolder_isRefused() {
    Schema lost = Schema.ofSqlite(SqliteSettings.of(folder.resolve("missing/chat.db")));

    assertSaysWhy(DatabaseException.class, "folder", lost::migrate);
    assertSaysWhy(DatabaseException.class, "folder", () -> lost.downgradeTo(0, true));
  }

  @Test
  void downgradeTo_anotherProcessWrites_isRefused() {
    schema.migrate();
    try (Handle other = open()) {
      other.execute("BEGIN EXCLUSIVE");

      assertSaysWhy(DatabaseException.class, "in use", () -> schema.downgradeTo(0, true));
    }
    assertEquals(NEWEST, schema.status().current());
  }

  private static void assertSaysWhy(
      Class<? extends RuntimeException> type, String part, Executable call) {
    String message = String.valueOf(assertThrows(type, call).getMessage());
    assertTrue(message.contains(part) && message.endsWith("."), message);
  }

  /** The names of the program's migrations. */
  private List<String> scripts() {
    return Schema.ofSqlite(SqliteSettings.of(folder.resolve("none.db"))).status().pending();
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(SqliteDataSource.writing(settings))
        .locations("classpath:db/sqlite")
        .load();
  }

  private void insertRow() {
    execute("INSERT INTO attempts (kind, subject, attempts, since_ms) VALUES ('A', 's', 1, 0)");
  }

  private List<String> definitions() {
    return strings("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name");
  }

  private List<String> history() {
    return strings(
        "SELECT installed_rank || version || script || checksum || success"
            + " FROM flyway_schema_history ORDER BY installed_rank");
  }

  private int count(String table) {
    return strings("SELECT id FROM (SELECT 1 AS id FROM " + table + ")").size();
  }

  private List<String> strings(String sql) {
    try (Handle handle = open()) {
      return handle.createQuery(sql).mapTo(String.class).list();
    }
  }

  private void execute(String sql) {
    try (Handle handle = open()) {
      handle.execute(sql);
    }
  }

  private Handle open() {
    return Jdbi.open(SqliteDataSource.writing(settings));
  }
}
