package org.securechat.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the connections that write, the thread that owns it, and the queue of what it is to write.
 */
final class WriterLane {
  private static final Logger LOG = LoggerFactory.getLogger(WriterLane.class);

  /** PostgreSQL keeps all locks of all transactions in one table of some thousand places. */
  private static final int MAX_LOCKS = 256;

  /** What one commit writes at most, unless one unit writes more: others wait for it. */
  static final long MAX_BYTES = 1 << 20;

  /** How often a unit that lost to others is run again. */
  private static final int MAX_REPEATS = 3;

  private final SqlDatabase database;
  private final Jdbi jdbi;
  private final int queueLength;
  private final int batchSize;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Unit<?>> queue = new ArrayDeque<>();
  private final Thread thread;
  private volatile WriteObserver observer = WriteObserver.NONE;
  private volatile boolean failing;
  private boolean closed;

  /** The thread's own; null until the next batch opens one. */
  private @Nullable WriteConnection connection;

  private WriterLane(SqlDatabase database, Jdbi jdbi, int queueLength, int batchSize) {
    this.database = database;
    this.jdbi = jdbi;
    this.queueLength = queueLength;
    this.batchSize = batchSize;
    this.thread = Thread.ofPlatform().name("chat-writer").daemon().unstarted(this::writeBatches);
  }

  static WriterLane start(SqlDatabase database, Jdbi jdbi, int queueLength, int batchSize) {
    WriterLane lane = new WriterLane(database, jdbi, queueLength, batchSize);
    lane.thread.start();
    return lane;
  }

  /**
   * Queues a unit up.
   *
   * @throws UnavailableException if there is no room for it
   */
  void add(Unit<?> unit) {
    lock.lock();
    try {
      if (closed) {
        throw Unit.unavailable("The database is closed", null);
      }
      if (queue.size() >= queueLength) {
        throw Unit.unavailable("The database has too much to write", null);
      }
      queue.add(unit);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Tells an observer of every batch from now on. */
  void observe(WriteObserver newObserver) {
    observer = newObserver;
  }

  /** How many units wait to be taken. */
  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the last batch could not be written, and none has been since. */
  boolean isFailing() {
    return failing;
  }

  /** Refuses what comes later. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until what was queued before the close is written. */
  void awaitEnd() throws InterruptedException {
    thread.join();
  }

  private void writeBatches() {
    List<Unit<?>> batch = nextBatch();
    while (!batch.isEmpty()) {
      batch.forEach(unit -> observer.waited(unit.age()));
      write(batch, MAX_REPEATS);
      batch = nextBatch();
    }
    discardConnection();
  }

  /** Waits for units; empty when there will be none any more. */
  private List<Unit<?>> nextBatch() {
    lock.lock();
    try {
      List<Unit<?>> batch = takeQueued();
      while (batch.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
        batch = takeQueued();
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** As many as one commit takes along, without those whose callers have gone. */
  private List<Unit<?>> takeQueued() {
    List<Unit<?>> batch = new ArrayList<>();
    int locks = 0;
    long bytes = 0;
    while (batch.size() < batchSize && locks < MAX_LOCKS) {
      Unit<?> unit = queue.peek();
      if (unit == null || (!batch.isEmpty() && bytes + unit.bytes() > MAX_BYTES)) {
        return batch;
      }
      queue.remove();
      if (!unit.isGivenUp()) {
        locks += unit.locks().size();
        bytes += unit.bytes();
        batch.add(unit);
      }
    }
    return batch;
  }

  /**
   * Writes units with one commit.
   *
   * @param repeats how often they are run again, one by one, if they lose to somebody else's
   * @return why not all of them were, or null
   */
  private @Nullable Throwable write(List<Unit<?>> units, int repeats) {
    WriteConnection writing;
    try {
      writing = begin(units);
      for (Unit<?> unit : units) {
        if (unit.begin()) {
          runBehindASavepoint(unit, writing, repeats > 0);
        }
      }
    } catch (Throwable e) {
      if (repeats > 0 && database.isClash(e) && rollBack()) {
        return writeSingly(units, repeats - 1);
      }
      giveUp(units, e);
      return e;
    }
    try {
      writing.execute("COMMIT");
    } catch (Throwable e) {
      // It may have been done: nothing is run again.
      giveUp(units, e);
      return e;
    }
    failing = false;
    observer.committed(units.size());
    units.forEach(Unit::succeed);
    return null;
  }

  /**
   * Writes each with a commit of its own. The first that the database fails takes those after it
   * along: their callers would wait for one time limit after the other.
   */
  private @Nullable Throwable writeSingly(List<Unit<?>> units, int repeats) {
    for (int i = 0; i < units.size(); i++) {
      Throwable failure = write(units.subList(i, i + 1), repeats);
      if (failure != null) {
        units.subList(i + 1, units.size()).forEach(unit -> unit.fail(failure));
        return failure;
      }
    }
    return null;
  }

  /**
   * Begins on the connection at hand or, if that turns out to have ended while nobody wrote, on
   * another one: nothing else of the batch has been sent.
   */
  private WriteConnection begin(List<Unit<?>> units) throws SQLException {
    SortedSet<Long> locks = new TreeSet<>();
    units.forEach(unit -> locks.addAll(unit.locks()));
    WriteConnection kept = connection;
    if (kept != null) {
      try {
        database.begin(kept.control(), locks);
        return kept;
      } catch (SQLException e) {
        if (!kept.hasEnded()) {
          throw e;
        }
        discardConnection();
      }
    }
    WriteConnection opened = openConnection();
    database.begin(opened.control(), locks);
    return opened;
  }

  /** Runs one; if it refuses, it leaves no trace, and the others go on. */
  private void runBehindASavepoint(Unit<?> unit, WriteConnection writing, boolean again)
      throws SQLException {
    writing.savepoint().execute();
    try {
      unit.run(writing.tables());
    } catch (Throwable e) {
      if (database.isOutage(e) || (again && database.isClash(e))) {
        throw e;
      }
      unit.refuse(e);
      writing.execute("ROLLBACK TO unit");
    }
    writing.release().execute();
  }

  private boolean rollBack() {
    try {
      openConnection().execute("ROLLBACK");
      return true;
    } catch (SQLException e) {
      LOG.warn("A batch could not be rolled back: {}", Failure.describe(e));
      return false;
    }
  }

  private void giveUp(List<Unit<?>> units, Throwable failure) {
    LOG.warn(
        "A batch of {} changes could not be written: {}", units.size(), Failure.describe(failure));
    failing = true;
    discardConnection();
    units.forEach(unit -> unit.fail(failure));
  }

  private WriteConnection openConnection() throws SQLException {
    WriteConnection open = connection;
    if (open == null) {
      open = WriteConnection.open(jdbi);
      connection = open;
    }
    return open;
  }

  private void discardConnection() {
    WriteConnection discarded = connection;
    connection = null;
    if (discarded != null) {
      discarded.close();
    }
  }

  /** The connection that writes, with the SQL attached to it once. Closing it rolls back. */
  private record WriteConnection(
      Handle handle,
      Statement control,
      PreparedStatement savepoint,
      PreparedStatement release,
      Tables tables) {

    static WriteConnection open(Jdbi jdbi) throws SQLException {
      Handle handle = jdbi.open();
      Connection connection = handle.getConnection();
      return new WriteConnection(
          handle,
          connection.createStatement(),
          connection.prepareStatement("SAVEPOINT unit"),
          connection.prepareStatement("RELEASE unit"),
          Tables.attachedTo(handle));
    }

    void execute(String sql) throws SQLException {
      control.execute(sql);
    }

    boolean hasEnded() throws SQLException {
      return handle.getConnection().isClosed();
    }

    /** The connection goes first, and takes its statements along: left open, it keeps the lock. */
    void close() {
      try {
        handle.getConnection().close();
        handle.close();
      } catch (SQLException | RuntimeException e) {
        LOG.warn("The connection that writes could not be closed: {}", Failure.describe(e));
      }
    }
  }
}
