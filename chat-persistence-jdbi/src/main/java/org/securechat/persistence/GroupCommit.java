package org.securechat.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.securechat.domain.credential.AttemptCount;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.rejection.UnavailableException;

/**
 * Writes the changes of many callers with one commit, and so one sync of the disk.
 *
 * <p>Callers hand in a unit of work and wait; one of a few threads, each of which owns a connection
 * that writes, takes all that have queued up for it, runs each behind a savepoint, commits, and
 * wakes them. A unit that throws fails alone. A batch that loses to somebody else's transaction is
 * rolled back, and its units are run again one by one; so a unit gets everything from outside. If
 * the commit fails, or the database does, all units of the batch that have not succeeded fail and
 * none is run again: whether they took place is not known. Only where a batch could not even begin,
 * because its connection had ended meanwhile, it begins once more on another one.
 *
 * <p>Safe for use by many threads, virtual ones too. The queues and a batch are bounded.
 */
final class GroupCommit implements AutoCloseable {
  /** No address looks like this. */
  private static final AttemptCounter TRIAL =
      new AttemptCounter(AttemptCounter.Kind.ADDRESS, "trial");

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
    jdbi.define("keepingRows", database.keepingRows());
    jdbi.setStatementBuilderFactory(KeptStatements::new);
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
    return call(locks, 0, work);
  }

  /**
   * Like {@link #call(Locks, Function)}, for work that writes much: a commit takes along {@value
   * WriterLane#MAX_BYTES} bytes in all, or one unit.
   *
   * @param bytes about how many it writes
   */
  <T> T call(Locks locks, long bytes, Function<Tables, T> work) {
    Unit<T> unit = new Unit<>(locks, bytes, work);
    laneOf(unit).add(unit);
    return unit.await(patience);
  }

  /** Like {@link #call(Locks, Function)}, for work that returns nothing. */
  void run(Locks locks, Consumer<Tables> work) {
    run(locks, 0, work);
  }

  /** Like {@link #call(Locks, long, Function)}, for work that returns nothing. */
  void run(Locks locks, long bytes, Consumer<Tables> work) {
    call(
        locks,
        bytes,
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

  /**
   * Whether writing works, as far as is known: a writer whose last batch failed tries again, so
   * that this becomes true without anybody else's change.
   *
   * @param patience how long all those may take together
   * @throws UnavailableException if there is no room to try
   */
  boolean answers(Duration patience) {
    long began = System.nanoTime();
    List<Unit<Boolean>> trials = new ArrayList<>();
    for (WriterLane lane : lanes) {
      if (lane.isFailing()) {
        Unit<Boolean> trial = new Unit<>(Locks.on(TRIAL), 0, GroupCommit::changeSomething);
        lane.add(trial);
        trials.add(trial);
      }
    }
    return trials.stream()
        .allMatch(trial -> trial.succeedsWithin(patience.minusNanos(System.nanoTime() - began)));
  }

  /** An empty transaction succeeds on a full disk. This one leaves nothing behind. */
  private static boolean changeSomething(Tables tables) {
    tables.attempts().put(TRIAL, new AttemptCount(0, Instant.EPOCH, Optional.empty()));
    tables.attempts().remove(TRIAL);
    return true;
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
