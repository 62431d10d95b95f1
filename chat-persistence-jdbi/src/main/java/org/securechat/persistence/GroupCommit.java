package org.securechat.persistence;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.securechat.domain.rejection.UnavailableException;

/**
 * Writes the changes of many callers with one commit, and so one sync of the disk.
 *
 * <p>Callers hand in a unit of work and wait; one of a few threads, each of which owns a connection
 * that writes, takes all that have queued up for it, runs each behind a savepoint, commits, and
 * wakes them. A unit that throws fails alone. A batch that loses to somebody else's transaction is
 * rolled back, and its units are run again one by one; so a unit gets everything from outside. If
 * the commit fails, or the database does, all units of the batch fail and none is run again:
 * whether they took place is not known.
 *
 * <p>Safe for use by many threads, virtual ones too. The queues and a batch are bounded.
 */
final class GroupCommit implements AutoCloseable {
  private final List<WriterLane> lanes;
  private final Duration patience;

  private GroupCommit(List<WriterLane> lanes, Duration patience) {
    this.lanes = lanes;
    this.patience = patience;
  }

  /**
   * Starts the writers.
   *
   * @param database which kind of database it is
   * @param jdbi opens the connections that write, and another one when that has failed
   * @param lanes how many writers there are
   * @param queueLength how many units may wait to be taken by each; one more is refused at once
   * @param batchSize how many units one commit takes along at most
   * @param patience how long a unit waits to begin; then it is given up and does not run
   */
  static GroupCommit start(
      SqlDatabase database,
      Jdbi jdbi,
      int lanes,
      int queueLength,
      int batchSize,
      Duration patience) {
    return new GroupCommit(
        Stream.generate(() -> WriterLane.start(database, jdbi, queueLength, batchSize))
            .limit(lanes)
            .toList(),
        patience);
  }

  /**
   * Runs a unit of work and returns when it is durable.
   *
   * @param locks what the work decides about
   * @param work runs on a writer's thread, in a transaction, perhaps more than once; what it throws
   *     undoes it
   * @return what the work returned
   * @throws UnavailableException if it could not begin in time, or it is not known whether it took
   *     place
   */
  <T> T call(Locks locks, Function<Tables, T> work) {
    Unit<T> unit = new Unit<>(locks, work);
    laneOf(unit).add(unit);
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

  /** Units about the same thing mostly meet in one lane, where they need not wait for a lock. */
  private WriterLane laneOf(Unit<?> unit) {
    long number = unit.locks().isEmpty() ? 0 : unit.locks().first();
    return lanes.get(Math.floorMod(number, lanes.size()));
  }

  /** Tells an observer of every batch from now on. */
  void observe(WriteObserver observer) {
    lanes.forEach(lane -> lane.observe(observer));
  }

  /** How many units wait to be taken. */
  int waiting() {
    return lanes.stream().mapToInt(WriterLane::waiting).sum();
  }

  /** Finishes what is queued and stops; what comes later is refused. */
  @Override
  public void close() {
    lanes.forEach(WriterLane::close);
    try {
      for (WriterLane lane : lanes) {
        lane.awaitEnd();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
