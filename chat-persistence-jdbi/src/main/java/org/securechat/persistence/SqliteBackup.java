package org.securechat.persistence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/**
 * Copies a SQLite database while a server writes to it: the copy is what the database was when the
 * copying began. It holds a snapshot until it is done, so it never begins anew; the database's log
 * grows meanwhile, because what the snapshot sees can't be moved out of it.
 */
public final class SqliteBackup {
  /** 4 MiB at a time. */
  private static final int PAGES_PER_STEP = 1024;

  /** How often, and how long each time, a step waits for a lock. */
  private static final int RETRIES = 100;

  private static final int RETRY_MILLIS = 50;
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final SqliteSettings settings;

  /** A backup of this database. */
  public SqliteBackup(SqliteSettings settings) {
    this.settings = settings;
  }

  /**
   * Makes a copy, marks it as one, checks it, and leaves it complete in one file.
   *
   * @param copy an empty file, in whose folder other files can be made; what it holds is of no use
   *     if this throws
   * @param progress is told how many percent are copied; must not throw
   * @throws DatabaseException if the database can't be read or the copy is not sound
   * @throws SchemaException if the schema is not the one of this program
   */
  public void copyTo(Path copy, IntConsumer progress) {
    SqliteDataSource.requireUsable(copy);
    requireCurrentSchema();
    try {
      copyPages(copy, progress);
      finish(copy);
    } catch (SQLException e) {
      throw new DatabaseException(
          "The database " + settings.path() + " could not be copied: " + e.getMessage(), e);
    }
  }

  private void requireCurrentSchema() {
    if (!Files.exists(settings.path())) {
      throw new DatabaseException("There is no database " + settings.path() + ".", null);
    }
    SchemaStatus status = Schema.ofSqlite(settings).status();
    if (status.current() != status.newest()) {
      throw new SchemaException(
          "The schema of %s has version %d, and this program's is %d: use the program that serves it, or db migrate first."
              .formatted(settings.path(), status.current(), status.newest()));
    }
  }

  private void copyPages(Path copy, IntConsumer progress) throws SQLException {
    try (SQLiteConnection source = SqliteDataSource.reading(settings).getConnection(null, null);
        Statement statement = source.createStatement()) {
      // Without a snapshot, each change by the server would make the copying begin anew.
      statement.execute("BEGIN");
      statement.executeQuery("SELECT COUNT(*) FROM sqlite_schema").close();
      Pauses pauses = new Pauses();
      int result =
          source
              .getDatabase()
              .backup(
                  "main",
                  copy.toAbsolutePath().toString(),
                  (remaining, pages) -> {
                    progress.accept(percent(remaining, pages));
                    pauses.pause();
                  },
                  RETRY_MILLIS,
                  RETRIES,
                  PAGES_PER_STEP);
      if (result != SQLiteErrorCode.SQLITE_OK.code) {
        throw new SQLException(SQLiteErrorCode.getErrorCode(result).toString(), null, result);
      }
      statement.execute("ROLLBACK");
    }
  }

  private static int percent(int remaining, int pages) {
    return pages == 0 ? 100 : (int) (100L * (pages - remaining) / pages);
  }

  /** The last connection that closes moves the log into the file. */
  private static void finish(Path copy) throws SQLException {
    SqliteSettings settings = SqliteSettings.of(copy);
    try (Handle handle = Tables.jdbi(SqliteDataSource.writing(settings)).open()) {
      handle.attach(RestoreSql.class).mark();
      requireSound(handle, copy);
    }
    if (Files.exists(Path.of(copy + "-wal"))) {
      throw new DatabaseException("The copy " + copy + " could not be closed.", null);
    }
  }

  private static void requireSound(Handle handle, Path copy) throws SQLException {
    try (Statement statement = handle.getConnection().createStatement()) {
      try (ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
        if (!row.next() || !row.getString(1).equals("ok")) {
          throw new DatabaseException(
              "The copy " + copy + " is not sound, so the database is damaged.", null);
        }
      }
      try (ResultSet row = statement.executeQuery("PRAGMA foreign_key_check")) {
        if (row.next()) {
          throw new DatabaseException(
              "The copy " + copy + " lacks rows that others refer to.", null);
        }
      }
    }
  }

  /** Leaves the disk to others for as long as a step had it. */
  private static final class Pauses {
    private long stepBegan = System.nanoTime();

    void pause() {
      LockSupport.parkNanos(Math.min(System.nanoTime() - stepBegan, LONGEST_PAUSE_NANOS));
      stepBegan = System.nanoTime();
    }
  }
}
