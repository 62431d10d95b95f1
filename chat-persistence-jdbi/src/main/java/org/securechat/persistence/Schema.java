package org.securechat.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The schema of one database: where it stands, and the way up and down. Versions are numbered from
 * 1; going up is Flyway's, going down runs paired undo scripts.
 *
 * <p>Not for use while a server runs on the database.
 */
public final class Schema {
  /** In their order; the number of the last is the newest version. */
  private static final List<String> MIGRATIONS =
      List.of("V001__accounts", "V002__whole_accounts", "V003__restores");

  private static final String SCRIPTS = "db/sqlite";

  /** Not below the others, where Flyway would look at them and wonder. */
  private static final String UNDO_SCRIPTS = "db/sqlite-undo";

  private final SqliteSettings settings;

  private Schema(SqliteSettings settings) {
    this.settings = settings;
  }

  /** The schema of a SQLite file, which need not exist yet. */
  public static Schema ofSqlite(SqliteSettings settings) {
    return new Schema(settings);
  }

  /** The version that this program is made for. */
  static int newest() {
    return MIGRATIONS.size();
  }

  /**
   * Where the schema stands; changes nothing.
   *
   * @throws DatabaseException if the database can't be read
   */
  public SchemaStatus status() {
    int current = Files.exists(settings.path()) ? read(Schema::currentVersion) : 0;
    int applied = Math.min(current, newest());
    return new SchemaStatus(current, newest(), MIGRATIONS.subList(applied, newest()));
  }

  /**
   * Brings the schema up to the newest version; nothing if it is there.
   *
   * @throws SchemaException if it is newer than this program, or a migration fails
   * @throws DatabaseException if the database can't be opened
   */
  public void migrate() {
    SqliteDataSource.requireUsable(settings.path());
    SchemaStatus status = status();
    requireKnown(status);
    if (status.pending().isEmpty()) {
      // Flyway takes longer to start than all else together.
      return;
    }
    try {
      Flyway.configure()
          .dataSource(SqliteDataSource.writing(settings))
          .locations("classpath:" + SCRIPTS)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new SchemaException(
          "The schema of " + settings.path() + " could not be brought up.", e);
    }
  }

  /**
   * Takes the schema down, in one transaction.
   *
   * @param version to stop at, from 0
   * @param force whether rows may be lost
   * @throws SchemaException if the schema is newer than this program or not above {@code version},
   *     or rows would be lost without {@code force}; nothing is changed then
   */
  public void downgradeTo(int version, boolean force) {
    SqliteDataSource.requireUsable(settings.path());
    SchemaStatus status = status();
    requireKnown(status);
    if (status.current() == 0) {
      throw new SchemaException("The database " + settings.path() + " has no schema to take down.");
    }
    if (version < 0 || version >= status.current()) {
      throw new SchemaException(
          "The schema is at version %d and can only be taken down to a version from 0 to %d."
              .formatted(status.current(), status.current() - 1));
    }
    write(handle -> {
      Map<String, Content> before = contents(handle);
      for (int undone = status.current(); undone > version; undone--) {
        handle.createScript(undoScript(undone)).execute();
        handle
            .createUpdate(
                "DELETE FROM flyway_schema_history WHERE CAST(version AS INTEGER) = :version")
            .bind("version", undone)
            .execute();
      }
      if (!force) {
        requireNothingLost(before, contents(handle));
      }
    });
  }

  private void requireKnown(SchemaStatus status) {
    if (status.isNewerThanProgram()) {
      throw new SchemaException(
          "The schema of %s has version %d, which is newer than this program's %d: run the newer program, or take the schema down with it."
              .formatted(settings.path(), status.current(), status.newest()));
    }
  }

  private static int currentVersion(Handle handle) {
    boolean hasHistory =
        handle
            .createQuery(
                "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'flyway_schema_history')")
            .mapTo(boolean.class)
            .one();
    return hasHistory
        ? handle
            .createQuery(
                "SELECT COALESCE(MAX(CAST(version AS INTEGER)), 0) FROM flyway_schema_history"
                    + " WHERE success")
            .mapTo(int.class)
            .one()
        : 0;
  }

  private static String undoScript(int version) {
    String name = MIGRATIONS.get(version - 1).replaceFirst("V", "U");
    String path = "/" + UNDO_SCRIPTS + "/" + name + ".sql";
    try (InputStream in = Schema.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new SchemaException("There is no way down from version " + version + ".");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a table holds. */
  private record Content(List<String> columns, long rows) {}

  private static Map<String, Content> contents(Handle handle) {
    Map<String, Content> contents = new TreeMap<>();
    for (String table :
        handle
            .createQuery(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                    + " AND name <> 'flyway_schema_history'")
            .mapTo(String.class)
            .list()) {
      List<String> columns =
          handle
              .createQuery("SELECT name FROM pragma_table_info(:table)")
              .bind("table", table)
              .mapTo(String.class)
              .list();
      // A table's name can't be bound; this one comes from the database's own list.
      long rows =
          handle
              .createQuery("SELECT COUNT(*) FROM \"" + table.replace("\"", "\"\"") + "\"")
              .mapTo(long.class)
              .one();
      contents.put(table, new Content(columns, rows));
    }
    return contents;
  }

  private static void requireNothingLost(Map<String, Content> before, Map<String, Content> after) {
    List<String> losses = new ArrayList<>();
    before.forEach((table, content) -> {
      Content kept = after.get(table);
      boolean loses =
          kept == null
              || kept.rows() < content.rows()
              || !kept.columns().containsAll(content.columns());
      if (content.rows() > 0 && loses) {
        losses.add(table + " (" + content.rows() + ")");
      }
    });
    if (!losses.isEmpty()) {
      throw new SchemaException(
          "Rows would be lost from "
              + String.join(", ", losses)
              + ": make a copy of the database first, then use --force.");
    }
  }

  private interface Work<T> {
    T on(Handle handle);
  }

  private <T> T read(Work<T> work) {
    try (Handle handle = open(SqliteDataSource.reading(settings))) {
      return work.on(handle);
    } catch (JdbiException e) {
      throw cannotUse(e);
    }
  }

  private void write(Consumer<Handle> work) {
    try (Handle handle = open(SqliteDataSource.writing(settings))) {
      handle.useTransaction(work::accept);
    } catch (JdbiException e) {
      throw cannotUse(e);
    }
  }

  private Handle open(SqliteDataSource connections) {
    try {
      return Jdbi.open(connections.getConnection());
    } catch (SQLException e) {
      throw cannotOpen(e);
    }
  }

  /** A statement failed because of the file, or because of the statement. */
  private RuntimeException cannotUse(JdbiException failure) {
    return SqliteDataSource.isOutage(failure) ? cannotOpen(failure) : failure;
  }

  private DatabaseException cannotOpen(Exception cause) {
    return new DatabaseException(
        "The database "
            + settings.path()
            + " can't be opened: it is no SQLite database, or damaged, or in use.",
        cause);
  }
}
