package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.domain.credential.AttemptCount;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.UnavailableException;
import org.sqlite.SQLiteErrorCode;

class GroupCommitTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir Path folder;
  private final List<GroupCommit> writers = new ArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private SqliteSettings settings;

  @BeforeEach
  void migrate() {
    settings =
        new SqliteSettings(
            folder.resolve("chat.db"), 1, Duration.ofMillis(100), 10, 10, Duration.ofMillis(250));
    Schema.ofSqlite(settings).migrate();
  }

  @AfterEach
  void close() {
    released.countDown();
    writers.forEach(GroupCommit::close);
  }

  @Test
  void call_unit_returnsItsValueAndIsDurable() {
    GroupCommit writer = start(unwatched(), 10, 10, LONG);

    String value =
        writer.call(
            Locks.none(),
            tables -> {
              write(tables, "a");
              return "done";
            });

    assertEquals("done", value);
    assertEquals(List.of("a"), rows());
  }

  @Test
  void call_unitThatThrows_failsAloneInItsBatch() throws Exception {
    WatchedConnections watched = unwatched();
    GroupCommit writer = start(watched, 10, 10, LONG);
    Call<Boolean> blocking = block(writer);
    RejectedException refusal = RejectedException.usernameTaken();
    Call<Boolean> before = queue(writer, "before");
    Call<Boolean> refused =
        Call.<Boolean>start(() ->
                writer.call(
                    Locks.none(),
                    tables -> {
                      write(tables, "refused");
                      throw refusal;
                    }))
            .awaitState(Thread.State.TIMED_WAITING);
    Call<Boolean> after = queue(writer, "after");

    released.countDown();

    assertSame(refusal, refused.thrown());
    assertTrue(blocking.result() && before.result() && after.result());
    assertEquals(List.of("after", "before"), rows());
    assertEquals(2, watched.count("COMMIT"));
  }

  @Test
  void call_errorInAUnit_reachesItsCallerAndTheWriterLives() {
    GroupCommit writer = start(unwatched(), 10, 10, LONG);
    Error error = new StackOverflowError();

    Error thrown =
        assertThrows(
            Error.class,
            () ->
                writer.call(
                    Locks.none(),
                    tables -> {
                      throw error;
                    }));

    assertSame(error, thrown);
    writer.run(Locks.none(), tables -> write(tables, "next"));
    assertEquals(List.of("next"), rows());
  }

  @Test
  void call_unitThatReturnsNull_isAnError() {
    GroupCommit writer = start(unwatched(), 10, 10, LONG);

    assertThrows(IllegalStateException.class, () -> writer.call(Locks.none(), tables -> nothing()));
  }

  @Test
  void call_unitsQueuedWhileTheWriterIsBusy_shareOneCommit() throws Exception {
    WatchedConnections watched = unwatched();
    GroupCommit writer = start(watched, 50, 50, LONG);
    Call<Boolean> blocking = block(writer);
    List<Call<Boolean>> queued =
        IntStream.range(0, 50).mapToObj(i -> queue(writer, "unit" + i)).toList();

    released.countDown();

    for (Call<Boolean> call : queued) {
      assertTrue(call.result());
    }
    assertTrue(blocking.result());
    assertEquals(50, rows().size());
    assertEquals(2, watched.count("COMMIT"));
  }

  @Test
  void call_moreUnitsThanABatchTakes_areCommittedInSeveral() throws Exception {
    WatchedConnections watched = unwatched();
    GroupCommit writer = start(watched, 10, 2, LONG);
    block(writer);
    List<Call<Boolean>> queued =
        IntStream.range(0, 5).mapToObj(i -> queue(writer, "unit" + i)).toList();

    released.countDown();

    for (Call<Boolean> call : queued) {
      assertTrue(call.result());
    }
    assertEquals(1 + 3, watched.count("COMMIT"));
  }

  @Test
  void call_unitsThatWriteMoreThanABatchTakes_areCommittedInSeveral() throws Exception {
    WatchedConnections watched = unwatched();
    GroupCommit writer = start(watched, 10, 10, LONG);
    block(writer);
    long half = WriterLane.MAX_BYTES / 2;
    List<Call<Boolean>> queued =
        List.of(
            queue(writer, half, tables -> write(tables, "a")),
            queue(writer, half, tables -> write(tables, "b")),
            queue(writer, 1, tables -> write(tables, "c")),
            queue(writer, 2 * WriterLane.MAX_BYTES, tables -> write(tables, "d")),
            queue(writer, tables -> write(tables, "e")));

    released.countDown();

    for (Call<Boolean> call : queued) {
      assertTrue(call.result());
    }
    assertEquals(List.of("a", "b", "c", "d", "e"), rows());
    // What blocks; a and b, which are as much as may be; c; d, which is too much alone; e.
    assertEquals(1 + 4, watched.count("COMMIT"));
  }

  @Test
  void call_fullQueue_isUnavailableAtOnce() throws Exception {
    GroupCommit writer = start(unwatched(), 2, 10, LONG);
    block(writer);
    Call<Boolean> first = queue(writer, "first");
    Call<Boolean> last = queue(writer, "last");

    assertTimeout(
        LONG.dividedBy(2),
        () ->
            assertThrows(
                UnavailableException.class,
                () -> writer.run(Locks.none(), tables -> write(tables, "above"))));

    released.countDown();
    assertTrue(first.result() && last.result());
    assertEquals(List.of("first", "last"), rows());
  }

  @Test
  void call_unitThatCannotBeginInTime_neverRuns() throws Exception {
    GroupCommit writer = start(unwatched(), 10, 10, SHORT);
    Call<Boolean> blocking = block(writer);
    AtomicInteger runs = new AtomicInteger();

    UnavailableException thrown =
        assertThrows(
            UnavailableException.class,
            () -> writer.run(Locks.none(), tables -> runs.incrementAndGet()));

    assertEquals(Duration.ofSeconds(1), thrown.retryAfter());
    released.countDown();
    assertTrue(blocking.result(), "a unit that has begun is waited for");
    writer.close();
    assertEquals(0, runs.get());
  }

  @Test
  void call_interruptedWhileItWaits_givesUpAndStaysInterrupted() throws Exception {
    GroupCommit writer = start(unwatched(), 10, 10, LONG);
    block(writer);
    AtomicInteger runs = new AtomicInteger();
    Call<Boolean> waiting =
        Call.start(
                () -> {
                  assertThrows(
                      UnavailableException.class,
                      () -> writer.run(Locks.none(), tables -> runs.incrementAndGet()));
                  return Thread.currentThread().isInterrupted();
                })
            .awaitState(Thread.State.TIMED_WAITING);

    waiting.thread().interrupt();

    assertTrue(waiting.result());
    released.countDown();
    writer.close();
    assertEquals(0, runs.get());
  }

  @Test
  void call_interruptedWhileItRuns_endsAndStaysInterrupted() throws Exception {
    GroupCommit writer = start(unwatched(), 10, 10, LONG);
    CountDownLatch begun = new CountDownLatch(1);
    Call<Boolean> running =
        Call.start(
                () -> {
                  writer.run(
                      Locks.none(),
                      tables -> {
                        begun.countDown();
                        awaitRelease();
                        write(tables, "running");
                      });
                  return Thread.currentThread().isInterrupted();
                })
            .awaitState(Thread.State.TIMED_WAITING);
    begun.await();

    running.thread().interrupt();
    running.awaitState(Thread.State.WAITING);
    running.thread().interrupt();
    released.countDown();

    assertTrue(running.result());
    assertEquals(List.of("running"), rows());
  }

  @Test
  void call_failedCommit_failsItsWholeBatchOnce() throws Exception {
    AtomicInteger commits = new AtomicInteger();
    WatchedConnections watched =
        watched(call -> {
          if (call.equals("Statement COMMIT") && commits.incrementAndGet() == 2) {
            throw new SQLException("No space", "", SQLiteErrorCode.SQLITE_FULL.code);
          }
        });
    GroupCommit writer = start(watched, 10, 10, LONG);
    Call<Boolean> blocking = block(writer);
    AtomicInteger runs = new AtomicInteger();
    List<Call<Boolean>> queued =
        IntStream.range(0, 3)
            .mapToObj(i ->
                queue(
                    writer,
                    tables -> {
                      runs.incrementAndGet();
                      write(tables, "lost" + i);
                    }))
            .toList();

    released.countDown();

    assertTrue(blocking.result());
    queued.forEach(call -> assertInstanceOf(UnavailableException.class, call.thrown()));
    writer.run(Locks.none(), tables -> write(tables, "next"));
    assertEquals(List.of("next"), rows());
    assertEquals(3, runs.get());
    assertEquals(2, watched.count("getConnection"));
  }

  @Test
  void call_afterABatchWhoseStatementsCannotBeClosed_works() {
    AtomicInteger commits = new AtomicInteger();
    WatchedConnections watched =
        watched(call -> {
          boolean fails =
              call.equals("Statement COMMIT")
                  ? commits.incrementAndGet() == 1
                  : call.equals("Statement close");
          if (fails) {
            throw new SQLException("Broken", "", SQLiteErrorCode.SQLITE_IOERR.code);
          }
        });
    GroupCommit writer = start(watched, 10, 10, LONG);
    assertThrows(
        UnavailableException.class,
        () -> writer.run(Locks.none(), tables -> write(tables, "lost")));

    writer.run(Locks.none(), tables -> write(tables, "next"));

    assertEquals(List.of("next"), rows());
  }

  @Test
  void call_outageInAUnit_failsItsWholeBatchAndTheNextWorks() throws Exception {
    WatchedConnections watched = unwatched();
    GroupCommit writer = start(watched, 10, 10, LONG);
    block(writer);
    Call<Boolean> before = queue(writer, "before");
    Call<Boolean> failing =
        queue(
            writer,
            tables -> {
              throw new IllegalStateException(
                  new SQLException("Broken", "", SQLiteErrorCode.SQLITE_IOERR_WRITE.code));
            });

    released.countDown();

    assertInstanceOf(UnavailableException.class, before.thrown());
    assertInstanceOf(UnavailableException.class, failing.thrown());
    writer.run(Locks.none(), tables -> write(tables, "next"));
    assertEquals(List.of("next"), rows());
    assertEquals(2, watched.count("getConnection"));
  }

  @Test
  void call_connectionThatCannotBeOpened_isUnavailableAndTheNextWorks() {
    AtomicInteger opened = new AtomicInteger();
    GroupCommit writer =
        start(
            watched(call -> {
              if (call.equals("DataSource getConnection") && opened.incrementAndGet() == 1) {
                throw new SQLException("Too many files", "", SQLiteErrorCode.SQLITE_CANTOPEN.code);
              }
            }),
            10,
            10,
            LONG);
    assertThrows(
        UnavailableException.class,
        () -> writer.run(Locks.none(), tables -> write(tables, "lost")));

    writer.run(Locks.none(), tables -> write(tables, "next"));

    assertEquals(List.of("next"), rows());
  }

  @Test
  void call_anotherProcessWritesTooLong_isUnavailableUntilItEnds() throws SQLException {
    GroupCommit writer = start(unwatched(), 10, 10, LONG);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + settings.path());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      assertThrows(
          UnavailableException.class,
          () -> writer.run(Locks.none(), tables -> write(tables, "lost")));

      statement.execute("ROLLBACK");
    }

    writer.run(Locks.none(), tables -> write(tables, "next"));
    assertEquals(List.of("next"), rows());
  }

  @Test
  void close_whileUnitsWait_finishesThem() throws Exception {
    GroupCommit writer = start(unwatched(), 10, 1, LONG);
    block(writer);
    Call<Boolean> first = queue(writer, "first");
    Call<Boolean> last = queue(writer, "last");
    Call<Boolean> closing =
        Call.start(
                () -> {
                  writer.close();
                  return true;
                })
            .awaitState(Thread.State.WAITING);

    released.countDown();

    assertTrue(closing.result() && first.result() && last.result());
    assertEquals(List.of("first", "last"), rows());
  }

  @Test
  void call_afterClose_isUnavailable() {
    WatchedConnections watched = unwatched();
    GroupCommit writer = start(watched, 10, 10, LONG);
    writer.run(Locks.none(), tables -> write(tables, "last"));

    writer.close();
    writer.close();

    assertThrows(
        UnavailableException.class,
        () -> writer.run(Locks.none(), tables -> write(tables, "late")));
    assertEquals(List.of("last"), rows());
  }

  @Test
  void close_interrupted_returnsAndStaysInterrupted() throws Exception {
    GroupCommit writer = start(unwatched(), 10, 10, LONG);
    block(writer);
    Call<Boolean> closing =
        Call.start(
                () -> {
                  writer.close();
                  return Thread.currentThread().isInterrupted();
                })
            .awaitState(Thread.State.WAITING);

    closing.thread().interrupt();

    assertTrue(closing.result());
  }

  private WatchedConnections unwatched() {
    return watched(call -> {});
  }

  private WatchedConnections watched(WatchedConnections.Watch watch) {
    return new WatchedConnections(SqliteDataSource.writing(settings), watch);
  }

  private GroupCommit start(
      WatchedConnections connections, int queueLength, int batchSize, Duration patience) {
    GroupCommit writer =
        GroupCommit.start(
            new SqliteDatabase(settings),
            Tables.jdbi(connections.dataSource()),
            1,
            queueLength,
            batchSize,
            patience);
    writers.add(writer);
    return writer;
  }

  /**
   * Keeps the writer busy with a unit that has begun, until the release. Tries again if it was
   * given up before, as one with little patience may be that waits for the first connection.
   */
  private Call<Boolean> block(GroupCommit writer) {
    CountDownLatch begun = new CountDownLatch(1);
    for (int i = 0; i < 100; i++) {
      Call<Boolean> call =
          Call.start(() ->
              writer.call(
                  Locks.none(),
                  tables -> {
                    begun.countDown();
                    awaitRelease();
                    return true;
                  }));
      Call.awaitTrue(() -> begun.getCount() == 0 || call.task().isDone());
      if (begun.getCount() == 0) {
        return call;
      }
    }
    return fail("No unit began");
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Call<Boolean> queue(GroupCommit writer, String name) {
    return queue(writer, tables -> write(tables, name));
  }

  private static Call<Boolean> queue(GroupCommit writer, Consumer<Tables> work) {
    return queue(writer, 0, work);
  }

  private static Call<Boolean> queue(GroupCommit writer, long bytes, Consumer<Tables> work) {
    return Call.start(
            () -> {
              writer.run(Locks.none(), bytes, work);
              return true;
            })
        .awaitState(Thread.State.TIMED_WAITING);
  }

  private static void write(Tables tables, String name) {
    tables
        .attempts()
        .put(
            new AttemptCounter(AttemptCounter.Kind.ADDRESS, name),
            new AttemptCount(1, Instant.EPOCH, Optional.empty()));
  }

  @SuppressWarnings("NullAway") // What a unit must not do.
  private static Boolean nothing() {
    return null;
  }

  private List<String> rows() {
    return Jdbi.create(SqliteDataSource.reading(settings))
        .withHandle(handle ->
            handle
                .createQuery("SELECT subject FROM attempts ORDER BY subject")
                .mapTo(String.class)
                .list());
  }
}
