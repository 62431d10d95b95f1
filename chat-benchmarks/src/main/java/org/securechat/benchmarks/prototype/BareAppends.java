package org.securechat.benchmarks.prototype;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The least that a group commit can be: rows of many callers, inserted by one thread and made
 * durable by one commit for all that have queued up (SQLite, WAL, {@code synchronous=FULL}). No
 * savepoints, no second attempt: if anything fails, all callers fail from then on. Safe for use by
 * many threads.
 */
public final class BareAppends implements AutoCloseable {
  private static final int BATCH = 200;
  private static final int QUEUE = 1024;

  private final Connection connection;
  private final PreparedStatement insert;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Row> queue = new ArrayDeque<>();
  private final Thread writer = Thread.ofPlatform().name("bare-writer").unstarted(this::write);
  private boolean closed;
  private volatile @Nullable SQLException failure;

  /** A row and its caller, who waits. */
  private static final class Row {
    private final long sender;
    private final byte[] body;
    private final CountDownLatch ended = new CountDownLatch(1);

    Row(long sender, byte[] body) {
      this.sender = sender;
      this.body = body;
    }
  }

  private BareAppends(Connection connection, PreparedStatement insert) {
    this.connection = connection;
    this.insert = insert;
  }

  /** Makes a database. */
  public static BareAppends create(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    SQLiteDataSource database = new SQLiteDataSource(config);
    database.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    Connection connection = database.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE entries (id INTEGER PRIMARY KEY, sender INTEGER NOT NULL, body BLOB NOT"
              + " NULL)");
    }
    connection.setAutoCommit(false);
    BareAppends appends =
        new BareAppends(
            connection,
            connection.prepareStatement("INSERT INTO entries (sender, body) VALUES (?, ?)"));
    appends.writer.start();
    return appends;
  }

  /**
   * Inserts a row; it is durable when this returns.
   *
   * @throws IllegalStateException if it could not be written, or too many wait
   */
  public void append(long sender, byte[] body) {
    Row row = new Row(sender, body);
    lock.lock();
    try {
      if (closed || queue.size() >= QUEUE) {
        throw new IllegalStateException("No more rows are taken");
      }
      queue.add(row);
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      row.ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
    if (failure != null) {
      throw new IllegalStateException("The row could not be written", failure);
    }
  }

  private void write() {
    List<Row> batch = nextBatch();
    while (!batch.isEmpty()) {
      try {
        for (Row row : batch) {
          insert.setLong(1, row.sender);
          insert.setBytes(2, row.body);
          insert.executeUpdate();
        }
        connection.commit();
      } catch (SQLException e) {
        failure = e;
      }
      batch.forEach(row -> row.ended.countDown());
      batch = nextBatch();
    }
  }

  /** Empty when there will be none any more. */
  private List<Row> nextBatch() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<Row> batch = new ArrayList<>();
      while (batch.size() < BATCH && !queue.isEmpty()) {
        batch.add(queue.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is queued and ends. */
  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
