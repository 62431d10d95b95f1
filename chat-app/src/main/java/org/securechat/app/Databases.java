package org.securechat.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.securechat.persistence.DatabaseException;
import org.securechat.persistence.DatabaseLock;
import org.securechat.persistence.JdbiChat;
import org.securechat.persistence.Schema;
import org.securechat.persistence.SchemaException;

/** Opens the database, and says in one sentence why it can't be. */
final class Databases {
  private Databases() {}

  /**
   * Makes the folder and the file of a SQLite database, for its owner only, unless they are there.
   *
   * @throws ConfigurationException if it can't be made or written to
   */
  static void prepare(DatabaseChoice database) {
    if (database instanceof DatabaseChoice.Sqlite sqlite) {
      requireFolder(sqlite.path());
    }
  }

  private static void requireFolder(Path database) {
    Path folder = database.toAbsolutePath().normalize().getParent();
    try {
      if (folder == null || Files.isDirectory(database)) {
        throw new ConfigurationException(
            "DATABASE_URL must name a file: " + database + " is a folder.");
      }
      Files.createDirectories(folder, OwnerOnly.of("rwx------"));
      if (Files.notExists(database)) {
        // SQLite would make it readable by all, and gives its mode to the files beside it.
        Files.createFile(database, OwnerOnly.of("rw-------"));
      }
    } catch (IOException e) {
      throw unwritable(folder);
    }
    if (!Files.isWritable(folder) || (Files.exists(database) && !Files.isWritable(database))) {
      throw unwritable(folder);
    }
  }

  /**
   * Refuses to go on with a database that nobody has used, and does not make it.
   *
   * @throws ConfigurationException if it is not there, or has no schema
   */
  static void requireSchema(DatabaseChoice database) {
    if (database instanceof DatabaseChoice.Sqlite sqlite && Files.notExists(sqlite.path())) {
      throw new ConfigurationException("There is no database " + sqlite.path() + ".");
    }
    if (explained(database.schema()::status).current() == 0) {
      throw new ConfigurationException(
          "The database " + database.name() + " has no schema: set DATABASE_URL to another one.");
    }
  }

  /**
   * Takes a SQLite database for a server of its own; several may share one of PostgreSQL.
   *
   * @return gives it back
   * @throws ConfigurationException if another server has it
   */
  static Runnable lock(DatabaseChoice database) {
    return switch (database) {
      case DatabaseChoice.Sqlite sqlite -> lock(sqlite.path())::close;
      case DatabaseChoice.Postgresql shared -> () -> {};
    };
  }

  private static DatabaseLock lock(Path database) {
    return explained(() -> DatabaseLock.tryAcquire(database))
        .orElseThrow(() ->
            new ConfigurationException(
                "Another server is using " + database + ": stop it first, or set DATABASE_URL."));
  }

  /**
   * Brings the schema up before somebody opens a database that a server may be using; if one is, it
   * has done so.
   *
   * @throws ConfigurationException if a server of another version is using it
   */
  static void migrateUnlessServed(DatabaseChoice database) {
    Schema schema = database.schema();
    if (!explained(schema::status).pending().isEmpty()) {
      Runnable release = lock(database);
      try {
        explained(() -> {
          schema.migrate();
          return schema;
        });
      } finally {
        release.run();
      }
    }
  }

  /**
   * Opens the database, brought up to this program's schema.
   *
   * @throws ConfigurationException if it can't be opened or is newer than this program
   */
  static JdbiChat open(DatabaseChoice database, Clock clock) {
    return explained(() ->
        switch (database) {
          case DatabaseChoice.Sqlite sqlite -> JdbiChat.openSqlite(sqlite.settings(), clock);
          case DatabaseChoice.Postgresql server ->
              JdbiChat.openPostgresql(server.settings(), clock);
        });
  }

  /**
   * Runs something on the database; what the persistence module can explain becomes the sentence.
   */
  static <T> T explained(Supplier<T> work) {
    try {
      return work.get();
    } catch (DatabaseException | SchemaException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  private static ConfigurationException unwritable(Path folder) {
    return new ConfigurationException(
        "The folder "
            + folder
            + " can't be written to: mend its permissions, or set DATABASE_URL.");
  }
}
