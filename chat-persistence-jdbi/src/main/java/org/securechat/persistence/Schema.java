package org.securechat.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The schema of one database: where it stands, and the way up and down. Versions are numbered from
 * 1; going up is Flyway's, going down runs paired undo scripts.
 *
 * <p>Not for use while a server runs on the database, except that two may migrate at once: one does
 * it, the other waits.
 */
public final class Schema {
  /** In their order; the number of the last is the newest version. */
  private static final List<String> MIGRATIONS =
      List.of("V001__accounts", "V002__whole_accounts", "V003__restores", "V004__conversations");

  private static final String HISTORY = "flyway_schema_history";

  /** Beside the folder of the others, where Flyway would look at them and wonder. */
  private static final String UNDO = "-undo";

  private final SqlDatabase database;

  Schema(SqlDatabase database) {
    this.database = database;
  }

  /** The schema of a SQLite file, which need not exist yet. */
  public static Schema ofSqlite(SqliteSettings settings) {
    return new Schema(new SqliteDatabase(settings));
  }

  /**
   * The schema of a PostgreSQL database, in the first schema of its search path. Its settings need
   * not be safe for a server; see {@link PostgresqlSettings#allowingUnsafe}.
   */
  public static Schema ofPostgresql(PostgresqlSettings settings) {
    return new Schema(new PostgresqlDatabase(settings));
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
    return status(database.exists() ? read(this::currentVersion) : 0);
  }

  private static SchemaStatus status(int current) {
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
    database.requireUsable();
    SchemaStatus status = status();
    requireKnown(status);
    if (status.pending().isEmpty()) {
      // Flyway takes longer to start than all else together.
      return;
    }
    write(guard -> {
      // Whoever was faster has held the lock until it was done.
      if (currentVersion(guard) < newest()) {
        runFlyway();
      }
    });
  }

  private void runFlyway() {
    try {
      Flyway.configure()
          .dataSource(database.migrating())
          .locations("classpath:" + database.scripts())
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new SchemaException(
          "The schema of " + database.name() + " could not be brought up.", e);
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
    database.requireUsable();
    SchemaStatus status = status();
    requireKnown(status);
    if (status.current() == 0) {
      throw new SchemaException("The database " + database.name() + " has no schema to take down.");
    }
    if (version < 0 || version >= status.current()) {
      throw new SchemaException(
          "The schema is at version %d and can only be taken down to a version from 0 to %d."
              .formatted(status.current(), status.current() - 1));
    }
    write(handle -> {
      if (currentVersion(handle) != status.current()) {
        throw new SchemaException(
            "Somebody else is changing the schema of " + database.name() + ".");
      }
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
              .formatted(database.name(), status.current(), status.newest()));
    }
  }

  private int currentVersion(Handle handle) {
    boolean hasHistory = handle.createQuery(database.hasHistory()).mapTo(boolean.class).one();
    return hasHistory
        ? handle
            .createQuery(
                "SELECT COALESCE(MAX(CAST(version AS INTEGER)), 0) FROM flyway_schema_history"
                    + " WHERE success")
            .mapTo(int.class)
            .one()
        : 0;
  }

  private String undoScript(int version) {
    String name = MIGRATIONS.get(version - 1).replaceFirst("V", "U");
    String path = "/" + database.scripts() + UNDO + "/" + name + ".sql";
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

  private Map<String, Content> contents(Handle handle) {
    Map<String, Content> contents = new TreeMap<>();
    for (String table : handle.createQuery(database.tables()).mapTo(String.class).list()) {
      if (table.equals(HISTORY)) {
        continue;
      }
      List<String> columns =
          handle.createQuery(database.columns()).bind("table", table).mapTo(String.class).list();
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
    try (Handle handle = open(database.reading())) {
      return work.on(handle);
    } catch (JdbiException e) {
      throw cannotUse(e);
    }
  }

  private void write(Consumer<Handle> work) {
    try (Handle handle = open(database.migrating())) {
      handle.useTransaction(transaction -> {
        database.lockSchema(transaction);
        work.accept(transaction);
      });
    } catch (JdbiException e) {
      throw cannotUse(e);
    }
  }

  private Handle open(DataSource connections) {
    try {
      return Jdbi.open(connections.getConnection());
    } catch (SQLException e) {
      throw database.cannotOpen(e);
    }
  }

  /** A statement failed because of the database, or because of the statement. */
  private RuntimeException cannotUse(JdbiException failure) {
    return database.isOutage(failure) ? database.cannotOpen(failure) : failure;
  }
}
