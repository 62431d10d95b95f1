package org.securechat.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.UnavailableException;

/**
 * Runs reads on a few platform threads with a connection each: SQLite runs in native code, where a
 * virtual thread keeps its carrier, and a few busy ones keep all others waiting for seconds. With
 * PostgreSQL the threads bound what waits for a server that does not answer. Each read sees all
 * that was committed before it began.
 *
 * <p>Safe for use by many threads. The queue is bounded. A query must not read through here again.
 */
final class Readers implements AutoCloseable {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** How long a connection that was idle may take to say that it is alive; the least there is. */
  private static final Duration VALIDATION = Duration.ofMillis(250);

  private final SqlDatabase database;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final KeptReadingSql kept = new KeptReadingSql();
  private final ThreadPoolExecutor threads;
  private final Duration patience;

  /**
   * Opens the connections.
   *
   * @param size how many there are
   * @param queueLength how many reads may wait for one; one more is refused at once
   * @param patience how long a read may take, waiting included
   */
  Readers(SqlDatabase database, int size, int queueLength, Duration patience) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("chat-readers");
    config.setDataSource(database.reading());
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(patience.toMillis());
    config.setMaxLifetime(database.connectionLifetime().toMillis());
    config.setValidationTimeout(VALIDATION.toMillis());
    this.database = database;
    this.pool = new HikariDataSource(config);
    this.jdbi = Tables.jdbi(pool);
    this.patience = patience;
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(queueLength),
            Thread.ofPlatform().name("chat-reader-", 1).daemon().factory());
  }

  /**
   * Runs one of the queries that most requests are, or several that need not agree with each other.
   *
   * @throws UnavailableException if it does not end in time, or the database fails
   */
  <T> T read(Function<ReadingSql, T> query) {
    return await(() -> readKept(query), patience);
  }

  /**
   * Likewise any query.
   *
   * @param sql the interface that holds the query
   * @throws UnavailableException if it does not end in time, or the database fails
   */
  <S, T> T read(Class<S> sql, Function<S, T> query) {
    return read(sql, query, patience);
  }

  /** Like {@link #read(Class, Function)}, with a time limit of its own. */
  <S, T> T read(Class<S> sql, Function<S, T> query, Duration limit) {
    return await(() -> jdbi.withExtension(sql, query::apply), limit);
  }

  private <T> T await(Callable<T> read, Duration limit) {
    if (Thread.currentThread().isInterrupted()) {
      // Waiting would not notice it if the read were faster.
      throw unavailable("A read was interrupted", null);
    }
    FutureTask<T> reading = submit(read);
    try {
      return reading.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      giveUp(reading);
      throw unavailable("The database did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      giveUp(reading);
      throw unavailable("A read was interrupted", e);
    }
  }

  DatabaseLoad load(int changesWaiting) {
    HikariPoolMXBean connections = pool.getHikariPoolMXBean();
    return new DatabaseLoad(
        changesWaiting,
        threads.getActiveCount(),
        threads.getQueue().size(),
        connections.getTotalConnections(),
        connections.getActiveConnections());
  }

  private <T> FutureTask<T> submit(Callable<T> read) {
    FutureTask<T> reading = new FutureTask<>(read);
    try {
      threads.execute(reading);
      return reading;
    } catch (RejectedExecutionException e) {
      throw unavailable("The database is closed or has too much to read", e);
    }
  }

  private <T> T readKept(Function<ReadingSql, T> query) throws SQLException {
    try (Connection pooled = pool.getConnection()) {
      try {
        return query.apply(kept.of(pooled.unwrap(Connection.class)));
      } catch (DatabaseException e) {
        if (database.isOutage(e)) {
          // The pool sees only what fails by way of its own statements.
          pool.evictConnection(pooled);
        }
        throw e;
      }
    }
  }

  /** Its place in the queue is free at once. */
  private void giveUp(FutureTask<?> reading) {
    reading.cancel(false);
    threads.remove(reading);
  }

  private RuntimeException failure(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure
            && !(cause instanceof ConnectionException)
            && !database.isOutage(cause)
        ? failure
        : unavailable("The database could not read", cause);
  }

  private static UnavailableException unavailable(String what, @Nullable Throwable cause) {
    return new UnavailableException(what, RETRY_AFTER, cause);
  }

  /** Finishes the reads that wait, if they end in time, and refuses later ones. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pool.close();
  }
}
