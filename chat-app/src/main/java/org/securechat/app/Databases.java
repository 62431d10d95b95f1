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
import org.securechat.persistence.SqliteSettings;

/** Opens the database, and says in one sentence why it can't be. */
final class Databases {
  private Databases() {}

  /**
   * Makes the folder and the file of the database, for its owner only, unless they are there.
   *
   * @throws ConfigurationException if it can't be made or written to
   */
  static void requireFolder(Path database) {
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
   * Takes the database for a server of its own.
   *
   * @throws ConfigurationException if another server has it
   */
  static DatabaseLock lock(Path database) {
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
  static void migrateUnlessServed(Path database) {
    Schema schema = Schema.ofSqlite(SqliteSettings.of(database));
    if (!explained(schema::status).pending().isEmpty()) {
      DatabaseLock lock = lock(database);
      try {
        explained(() -> {
          schema.migrate();
          return schema;
        });
      } finally {
        lock.close();
      }
    }
  }

  /**
   * Opens the database, brought up to this program's schema.
   *
   * @throws ConfigurationException if it can't be opened or is newer than this program
   */
  static JdbiChat open(Path database, Clock clock) {
    return explained(() -> JdbiChat.openSqlite(SqliteSettings.of(database), clock));
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
