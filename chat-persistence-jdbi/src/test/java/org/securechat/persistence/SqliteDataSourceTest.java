package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

class SqliteDataSourceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "journal_mode, wal",
    "synchronous, 2",
    "foreign_keys, 1",
    "secure_delete, 1",
    "busy_timeout, 1234",
    "query_only, 0"
  })
  void getConnection_writing_hasTheSetting(String pragma, String expected) throws SQLException {
    assertEquals(expected, pragma(SqliteDataSource.writing(settings("chat.db")), pragma));
  }

  @ParameterizedTest
  @CsvSource({
    "journal_mode, wal",
    "synchronous, 2",
    "foreign_keys, 1",
    "secure_delete, 1",
    "busy_timeout, 1234",
    "query_only, 1"
  })
  void getConnection_reading_hasTheSetting(String pragma, String expected) throws SQLException {
    assertEquals(expected, pragma(SqliteDataSource.reading(settings("chat.db")), pragma));
  }

  @ParameterizedTest
  @CsvSource({
    "JOURNAL_MODE, DELETE",
    "SYNCHRONOUS, NORMAL",
    "FOREIGN_KEYS, false",
    "SECURE_DELETE, fast",
    "BUSY_TIMEOUT, 1"
  })
  void getConnection_settingThatDoesNotHold_isRefused(SQLiteConfig.Pragma pragma, String value) {
    SqliteDataSource connections = SqliteDataSource.writing(settings("chat.db"));
    connections.getConfig().setPragma(pragma, value);

    DatabaseException thrown = assertThrows(DatabaseException.class, connections::getConnection);

    String why = "refuses a setting: PRAGMA " + pragma.pragmaName + " is ";
    assertTrue(thrown.toString().contains(why), thrown::toString);
  }

  @Test
  void getConnection_reading_cannotWrite() throws SQLException {
    try (Connection writing = SqliteDataSource.writing(settings("chat.db")).getConnection();
        Statement statement = writing.createStatement()) {
      statement.execute("CREATE TABLE things (id INTEGER)");
    }

    try (Connection reading = SqliteDataSource.reading(settings("chat.db")).getConnection();
        Statement statement = reading.createStatement()) {
      SQLException thrown =
          assertThrows(
              SQLException.class, () -> statement.execute("INSERT INTO things VALUES (1)"));
      assertEquals(SQLiteErrorCode.SQLITE_READONLY.code, thrown.getErrorCode());
    }
  }

  @Test
  void requireUsable_missingFolder_isRefused() {
    assertThrows(
        DatabaseException.class,
        () -> SqliteDataSource.requireUsable(folder.resolve("missing/chat.db")));
  }

  @Test
  void requireUsable_folder_isRefused() {
    assertThrows(DatabaseException.class, () -> SqliteDataSource.requireUsable(folder));
  }

  @Test
  void requireUsable_root_isRefused() {
    assertThrows(DatabaseException.class, () -> SqliteDataSource.requireUsable(Path.of("/")));
  }

  @Test
  void requireUsable_nameTheDriverWouldReadSettingsFrom_isRefused() {
    assertThrows(
        DatabaseException.class,
        () -> SqliteDataSource.requireUsable(folder.resolve("chat.db?cache_size=1")));
  }

  @Test
  void requireUsable_missingOrWritableFile_isAccepted() throws Exception {
    SqliteDataSource.requireUsable(folder.resolve("missing.db"));
    SqliteDataSource.requireUsable(Files.createFile(folder.resolve("empty.db")));
  }

  @ParameterizedTest
  @CsvSource({
    "SQLITE_BUSY, true",
    "SQLITE_IOERR_FSYNC, true",
    "SQLITE_FULL, true",
    "SQLITE_CORRUPT, true",
    "SQLITE_CONSTRAINT_UNIQUE, false",
    "SQLITE_ERROR, false"
  })
  void isOutage_failureInsideAnother_isToldByItsCode(SQLiteErrorCode code, boolean outage) {
    SQLException failure = new SQLException("Broken", "", code.code);

    assertEquals(outage, SqliteDataSource.isOutage(new IllegalStateException(failure)));
  }

  @Test
  void isOutage_noSqlFailure_isFalse() {
    assertFalse(SqliteDataSource.isOutage(new IllegalStateException()));
  }

  private SqliteSettings settings(String name) {
    return new SqliteSettings(
        folder.resolve(name), 1, Duration.ofMillis(1234), 10, 10, Duration.ofMillis(250));
  }

  private static String pragma(SqliteDataSource connections, String pragma) throws SQLException {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
      return row.getString(1);
    }
  }
}
