package org.securechat.persistence;

import java.time.Duration;

/**
 * How to use one PostgreSQL database.
 *
 * @param address where it is
 * @param readers how many connections read at once
 * @param writers how many connections write at once
 * @param queueLength how many changes may wait for each writer, and how many reads for a reader;
 *     one more is refused at once
 * @param batchSize how many changes one commit may take along
 * @param patience how long a change waits to begin
 * @param readPatience how long a read may take, waiting included
 * @param answerTimeout how long the server may take to answer one statement, in whole seconds, at
 *     least 2; then the connection is given up
 * @param allowUnsafe whether a server may be used that can lose what it has committed
 */
public record PostgresqlSettings(
    PostgresqlAddress address,
    int readers,
    int writers,
    int queueLength,
    int batchSize,
    Duration patience,
    Duration readPatience,
    Duration answerTimeout,
    boolean allowUnsafe) {

  public PostgresqlSettings {
    if (readers < 1 || writers < 1 || queueLength < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "At least one reader, writer, queue place and unit per batch");
    }
    if (patience.toMillis() < 250
        || readPatience.toMillis() < 250
        || answerTimeout.toSeconds() < 2) {
      throw new IllegalArgumentException("Patience at least 250 ms, and 2 s for an answer");
    }
  }

  /**
   * What suits a server: whoever asks while the database is away is told so within 5 s, which is
   * {@code patience} and {@code answerTimeout} together. A batch has no more than 60 changes
   * because PostgreSQL keeps 64 savepoints of a transaction at hand.
   */
  public static PostgresqlSettings of(PostgresqlAddress address) {
    return new PostgresqlSettings(
        address,
        8,
        4,
        1024,
        60,
        Duration.ofMillis(1500),
        Duration.ofSeconds(3),
        Duration.ofSeconds(3),
        false);
  }

  /** The same on a server that may be unsafe. */
  public PostgresqlSettings allowingUnsafe(boolean allow) {
    return new PostgresqlSettings(
        address,
        readers,
        writers,
        queueLength,
        batchSize,
        patience,
        readPatience,
        answerTimeout,
        allow);
  }
}
