package org.securechat.persistence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * Opens connections to one SQLite file, all durable and with the same settings, which are read
 * back: a connection that lacks one is refused. Everything that only SQLite wants is here.
 */
final class SqliteDataSource extends SQLiteDataSource {
  private static final String FULL = "2";
  private static final int PRIMARY_CODE = 0xff;

  /** Enough for what many conversations that are written to at once touch. */
  private static final int WRITING_CACHE_KIB = 64 * 1024;

  private static final int READING_CACHE_KIB = 16 * 1024;

  /**
   * What fails because of the file, the disk or another process, and not because of a statement.
   */
  private static final Set<Integer> OUTAGES =
      Set.of(
          SQLiteErrorCode.SQLITE_BUSY.code,
          SQLiteErrorCode.SQLITE_LOCKED.code,
          SQLiteErrorCode.SQLITE_NOMEM.code,
          SQLiteErrorCode.SQLITE_READONLY.code,
          SQLiteErrorCode.SQLITE_INTERRUPT.code,
          SQLiteErrorCode.SQLITE_IOERR.code,
          SQLiteErrorCode.SQLITE_CORRUPT.code,
          SQLiteErrorCode.SQLITE_FULL.code,
          SQLiteErrorCode.SQLITE_CANTOPEN.code,
          SQLiteErrorCode.SQLITE_PROTOCOL.code,
          SQLiteErrorCode.SQLITE_NOTADB.code);

  private final boolean queryOnly;
  private final Map<String, String> expected;

  private SqliteDataSource(Path path, Duration busyTimeout, boolean queryOnly) {
    super(config(busyTimeout, queryOnly ? READING_CACHE_KIB : WRITING_CACHE_KIB));
    setUrl("jdbc:sqlite:" + path.toAbsolutePath());
    this.queryOnly = queryOnly;
    this.expected =
        Map.of(
            "PRAGMA journal_mode",
            "wal",
            "PRAGMA synchronous",
            FULL,
            "PRAGMA foreign_keys",
            "1",
            "PRAGMA secure_delete",
            "1",
            "PRAGMA busy_timeout",
            Long.toString(busyTimeout.toMillis()),
            "PRAGMA query_only",
            queryOnly ? "1" : "0");
  }

  static SqliteDataSource writing(SqliteSettings settings) {
    return new SqliteDataSource(settings.path(), settings.busyTimeout(), false);
  }

  static SqliteDataSource reading(SqliteSettings settings) {
    return new SqliteDataSource(settings.path(), settings.busyTimeout(), true);
  }

  private static SQLiteConfig config(Duration busyTimeout, int cacheKib) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    // Nobody asks for them, and each insert would be followed by a query.
    config.setGetGeneratedKeys(false);
    // A number below zero is of KiB, not of pages.
    config.setCacheSize(-cacheKib);
    return config;
  }

  /**
   * Refuses a path where no database can be.
   *
   * @throws DatabaseException saying why
   */
  static void requireUsable(Path path) {
    if (path.toString().contains("?")) {
      // The driver would cut the name there and read settings from the rest.
      throw new DatabaseException("The path " + path + " of the database has a ? in it.", null);
    }
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new DatabaseException("The folder of the database " + path + " does not exist.", null);
    }
    if (Files.isDirectory(path)) {
      throw new DatabaseException("The database " + path + " is a folder.", null);
    }
    if (!Files.isWritable(folder) || (Files.exists(path) && !Files.isWritable(path))) {
      throw new DatabaseException("The database " + path + " can't be written to.", null);
    }
  }

  /** Whether something failed that may be well again later, or on another connection. */
  static boolean isOutage(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql && OUTAGES.contains(sql.getErrorCode() & PRIMARY_CODE)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public SQLiteConnection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    SQLiteConnection connection = super.getConnection(user, password);
    try (Statement statement = connection.createStatement()) {
      if (queryOnly) {
        statement.execute("PRAGMA query_only = ON");
      }
      for (Map.Entry<String, String> setting : expected.entrySet()) {
        requireSetting(statement, setting.getKey(), setting.getValue());
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void requireSetting(Statement statement, String pragma, String value)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(pragma)) {
      String actual = row.next() ? row.getString(1) : "nothing";
      if (!value.equals(actual)) {
        throw new DatabaseException(
            "The database refuses a setting: " + pragma + " is " + actual + ", not " + value + ".",
            null);
      }
    }
  }
}
