package org.securechat.persistence;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the changes of many callers with one commit, and so one sync of the disk.
 *
 * <p>Callers hand in a unit of work and wait; one thread, which owns the one connection that
 * writes, takes all that have queued up, runs each behind a savepoint, commits, and wakes them. A
 * unit that throws fails alone. If the commit fails, or the database does, all units of the batch
 * fail and none is run again: whether they took place is not known.
 *
 * <p>Safe for use by many threads, virtual ones too. The queue and a batch are bounded.
 */
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Jdbi jdbi;
  private final int queueLength;
  private final int batchSize;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Unit<?>> queue = new ArrayDeque<>();
  private final Thread thread;
  private volatile WriteObserver observer = WriteObserver.NONE;
  private boolean closed;

  /** The writer thread's own; null until the next batch opens one. */
  private @Nullable WriteConnection connection;

  private GroupCommit(Jdbi jdbi, int queueLength, int batchSize, Duration patience) {
    this.jdbi = jdbi;
    this.queueLength = queueLength;
    this.batchSize = batchSize;
    this.patience = patience;
    this.thread = Thread.ofPlatform().name("chat-writer").daemon().unstarted(this::writeBatches);
  }

  /**
   * Starts the writer.
   *
   * @param jdbi opens the connection that writes, and another one when that has failed
   * @param queueLength how many units may wait to be taken; one more is refused at once
   * @param batchSize how many units one commit takes along at most
   * @param patience how long a unit waits to begin; then it is given up and does not run
   */
  static GroupCommit start(Jdbi jdbi, int queueLength, int batchSize, Duration patience) {
    GroupCommit writer = new GroupCommit(jdbi, queueLength, batchSize, patience);
    writer.thread.start();
    return writer;
  }

  /**
   * Runs a unit of work and returns when it is durable.
   *
   * @param locks what the work decides about
   * @param work runs on the writer's thread, in a transaction; what it throws undoes it
   * @return what the work returned
   * @throws UnavailableException if it could not begin in time, or it is not known whether it took
   *     place
   */
  <T> T call(Locks locks, Function<Tables, T> work) {
    Unit<T> unit = new Unit<>(locks, work);
    enqueue(unit);
    return unit.await(patience);
  }

  /** Like {@link #call}, for work that returns nothing. */
  void run(Locks locks, Consumer<Tables> work) {
    call(
        locks,
        tables -> {
          work.accept(tables);
          return true;
        });
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

  /** Finishes what is queued and stops; what comes later is refused. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void enqueue(Unit<?> unit) {
    lock.lock();
    try {
      if (closed) {
        throw unavailable("The database is closed", null);
      }
      if (queue.size() >= queueLength) {
        throw unavailable("The database has too much to write", null);
      }
      queue.add(unit);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void writeBatches() {
    List<Unit<?>> batch = nextBatch();
    while (!batch.isEmpty()) {
      write(batch);
      batch = nextBatch();
    }
    discardConnection();
  }

  /** Waits for units; empty when there will be none any more. */
  private List<Unit<?>> nextBatch() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<Unit<?>> batch = new ArrayList<>();
      while (batch.size() < batchSize && !queue.isEmpty()) {
        batch.add(queue.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void write(List<Unit<?>> batch) {
    try {
      batch.forEach(unit -> observer.waited(unit.age()));
      WriteConnection writing = openConnection();
      writing.execute("BEGIN IMMEDIATE");
      for (Unit<?> unit : batch) {
        unit.runOn(writing);
      }
      writing.execute("COMMIT");
      observer.committed(batch.size());
      batch.forEach(Unit::succeed);
    } catch (Throwable e) {
      LOG.warn("A batch of {} changes could not be written", batch.size(), e);
      discardConnection();
      batch.forEach(unit -> unit.fail(e));
    }
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

  private static UnavailableException unavailable(String what, @Nullable Throwable cause) {
    return new UnavailableException(what, RETRY_AFTER, cause);
  }

  /** The connection that writes, with the SQL attached to it once. Closing it rolls back. */
  private record WriteConnection(Handle handle, Statement control, Tables tables) {

    static WriteConnection open(Jdbi jdbi) throws SQLException {
      Handle handle = jdbi.open();
      return new WriteConnection(
          handle, handle.getConnection().createStatement(), Tables.attachedTo(handle));
    }

    void execute(String sql) throws SQLException {
      control.execute(sql);
    }

    /** The connection goes first, and takes its statements along: left open, it keeps the lock. */
    void close() {
      try {
        handle.getConnection().close();
        handle.close();
      } catch (SQLException | RuntimeException e) {
        LOG.warn("The connection that writes could not be closed", e);
      }
    }
  }

  private enum Stage {
    WAITING,
    BEGUN,
    GIVEN_UP
  }

  /** One caller's work. Its result and failure are written before {@code ended} opens. */
  private static final class Unit<T> {
    @SuppressWarnings("UnusedVariable") // a database with several writers takes them
    private final Locks locks;

    private final Function<Tables, T> work;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final long madeAt = System.nanoTime();
    private @Nullable T result;
    private @Nullable Throwable thrown;
    private @Nullable Throwable batchFailure;

    Unit(Locks locks, Function<Tables, T> work) {
      this.locks = locks;
      this.work = work;
    }

    void runOn(WriteConnection writing) throws SQLException {
      if (!stage.compareAndSet(Stage.WAITING, Stage.BEGUN)) {
        return;
      }
      writing.execute("SAVEPOINT unit");
      try {
        result = work.apply(writing.tables());
      } catch (Throwable e) {
        if (SqliteDataSource.isOutage(e)) {
          throw e;
        }
        thrown = e;
        writing.execute("ROLLBACK TO unit");
      }
      writing.execute("RELEASE unit");
    }

    Duration age() {
      return Duration.ofNanos(System.nanoTime() - madeAt);
    }

    void succeed() {
      ended.countDown();
    }

    void fail(Throwable failure) {
      batchFailure = failure;
      ended.countDown();
    }

    T await(Duration patience) {
      if (!hasEndedWithin(patience) && stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP)) {
        throw unavailable("The database did not begin to write in time", null);
      }
      awaitEnd();
      if (batchFailure != null) {
        throw unavailable("The database could not write", batchFailure);
      }
      if (thrown instanceof RuntimeException refusal) {
        throw refusal;
      }
      if (thrown instanceof Error error) {
        throw error;
      }
      T value = result;
      if (value == null) {
        throw new IllegalStateException("A unit of work returned null");
      }
      return value;
    }

    /** An interrupted caller has no patience: the unit is given up, unless it has begun. */
    private boolean hasEndedWithin(Duration patience) {
      try {
        return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private void awaitEnd() {
      boolean interrupted = Thread.interrupted();
      try {
        while (true) {
          try {
            ended.await();
            return;
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
