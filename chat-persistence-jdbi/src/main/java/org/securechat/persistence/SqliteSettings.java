package org.securechat.persistence;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to use one SQLite database.
 *
 * @param path its file; made if missing, its folder is not
 * @param readers how many connections read at once
 * @param busyTimeout how long a connection waits for one of another process that writes
 * @param queueLength how many changes may wait to be written, and how many reads for a reader; one
 *     more is refused at once
 * @param batchSize how many changes one commit may take along
 * @param patience how long a change waits to begin, and a read for a connection
 */
public record SqliteSettings(
    Path path,
    int readers,
    Duration busyTimeout,
    int queueLength,
    int batchSize,
    Duration patience) {

  public SqliteSettings {
    if (readers < 1 || queueLength < 1 || batchSize < 1) {
      throw new IllegalArgumentException("At least one reader, queue place and unit per batch");
    }
    if (busyTimeout.isNegative() || patience.toMillis() < 250) {
      throw new IllegalArgumentException(
          "The busy timeout must not be negative, and patience at least 250 ms");
    }
  }

  /** What suits a server of its own. */
  public static SqliteSettings of(Path path) {
    return new SqliteSettings(path, 4, Duration.ofSeconds(2), 1024, 200, Duration.ofSeconds(5));
  }
}
