package org.securechat.persistence;

import java.nio.file.Files;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.SortedSet;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** A SQLite file, in which one transaction at a time writes. */
record SqliteDatabase(SqliteSettings settings) implements SqlDatabase {

  @Override
  public String name() {
    return settings.path().toString();
  }

  @Override
  public DataSource reading() {
    return SqliteDataSource.reading(settings);
  }

  @Override
  public DataSource writing() {
    return SqliteDataSource.writing(settings);
  }

  @Override
  public DataSource migrating() {
    return SqliteDataSource.writing(settings);
  }

  @Override
  public String scripts() {
    return "db/sqlite";
  }

  @Override
  public void requireUsable() {
    SqliteDataSource.requireUsable(settings.path());
  }

  @Override
  public boolean exists() {
    return Files.exists(settings.path());
  }

  @Override
  public String hasHistory() {
    return "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'flyway_schema_history')";
  }

  @Override
  public String tables() {
    return "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
  }

  @Override
  public String columns() {
    return "SELECT name FROM pragma_table_info(:table)";
  }

  /** The first write of a transaction locks the whole file. */
  @Override
  public void lockSchema(Handle handle) {}

  @Override
  public Duration connectionLifetime() {
    return Duration.ZERO;
  }

  @Override
  public void begin(Statement control, SortedSet<Long> locks) throws SQLException {
    control.execute("BEGIN IMMEDIATE");
  }

  /** Nobody else writes meanwhile. */
  @Override
  public String keepingRows() {
    return "";
  }

  @Override
  public boolean isOutage(Throwable failure) {
    return SqliteDataSource.isOutage(failure);
  }

  @Override
  public boolean isClash(Throwable failure) {
    return false;
  }

  @Override
  public DatabaseException cannotOpen(Exception cause) {
    return new DatabaseException(
        "The database "
            + name()
            + " can't be opened: it is no SQLite database, or damaged, or in use.",
        cause);
  }
}
