package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.PendingReset;
import org.securechat.domain.credential.AttemptCount;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.testkit.TestClock;
import org.securechat.testpostgresql.FaultyProxy;

/** What several writers, in one process or two, do to each other and to a failing network. */
class PostgresqlWritersTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static final Sha256 A = Sha256.of(new byte[] {1});
  private static final Sha256 B = Sha256.of(new byte[] {2});

  private static final String CHARGE_A_HUNDRED =
      "UPDATE pending_registrations SET attempts = attempts + 100 WHERE token_hash = ?";
  private static final String WAITING =
      "SELECT query FROM pg_stat_activity WHERE datname = current_database()"
          + " AND wait_event_type = 'Lock'";
  private static final String INSERT_A =
      "INSERT INTO attempts (kind, subject, attempts, since_ms) VALUES ('ADDRESS', 'a', 7, 0)";

  private static TestDatabase database;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);

  @BeforeAll
  static void create() {
    database = TestDatabase.migrated();
  }

  @BeforeEach
  void empty() {
    database.empty();
  }

  @AfterEach
  void close() throws Exception {
    released.countDown();
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void charge_twoProcessesAtOnce_letsTheLimitThrough() throws Exception {
    AttemptCounter counter = counter("everybody");
    AttemptRule rule = AttemptRule.within(20, LONG, LONG);
    List<JdbiChat> processes = List.of(process(), process());
    List<Call<Optional<Instant>>> charges = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      JdbiChat process = processes.get(i % 2);
      charges.add(
          Call.start(() -> process.stores().attempts().charge(counter, rule, TestClock.NOON)));
    }

    int let = 0;
    for (Call<Optional<Instant>> charge : charges) {
      let += charge.result().isEmpty() ? 1 : 0;
    }
    assertEquals(20, let);
    assertEquals(List.of("everybody 20"), rows());
  }

  @Test
  void call_aBatchThatMeetsADeadlock_runsItsUnitsSingly() throws Exception {
    insertRegistration(A);
    insertRegistration(B);
    GroupCommit writer = start(database.settings());
    block(writer);
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch holdsA = new CountDownLatch(1);
    CountDownLatch mayWantB = new CountDownLatch(1);
    Call<Boolean> first =
        queue(
            writer,
            tables -> {
              runs.incrementAndGet();
              tables.registrations().chargeAttempt(A, 1000);
              holdsA.countDown();
              await(mayWantB);
            });
    Call<Boolean> second =
        queue(
            writer,
            tables -> {
              runs.incrementAndGet();
              tables.registrations().chargeAttempt(B, 1000);
            });
    try (Handle other = database.open()) {
      // So that the batch finds the deadlock, and loses.
      other.execute("SET deadlock_timeout = '1min'");
      other.begin();
      other.execute(CHARGE_A_HUNDRED, B.toByteArray());
      released.countDown();
      await(holdsA);
      Call<Boolean> crossing =
          Call.start(() -> {
            other.execute(CHARGE_A_HUNDRED, A.toByteArray());
            other.commit();
            return true;
          });
      Call.awaitTrue(() -> !database.strings(WAITING).isEmpty());
      mayWantB.countDown();

      assertTrue(crossing.result());
    }

    assertTrue(first.result() && second.result());
    assertEquals(4, runs.get());
    assertEquals(
        List.of("101", "101"), database.strings("SELECT attempts FROM pending_registrations"));
  }

  private static void insertRegistration(Sha256 tokenHash) {
    try (Handle handle = database.open()) {
      handle.execute(
          """
          INSERT INTO pending_registrations (
            token_hash, username, email, created_at_ms, password_hash, encrypted_private_key,
            public_key, encryption_iv, kdf_memory_kib, kdf_iterations, kdf_parallelism, twofa_secret)
          VALUES (?, 'a', 'a', 0, 'a', 'a', ?, repeat('a', 24), 1, 1, 1, 'a')
          """,
          tokenHash.toByteArray(),
          tokenHash.toByteArray());
    }
  }

  @Test
  void call_aRowThatAnotherProcessWasFasterWith_isSeenInTheSecondRun() throws Exception {
    GroupCommit writer = start(database.settings());
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch looked = new CountDownLatch(1);
    CountDownLatch mayInsert = new CountDownLatch(1);
    Call<Integer> call =
        Call.start(() ->
            writer.call(
                Locks.none(),
                tables -> {
                  runs.incrementAndGet();
                  Optional<AttemptCount> found = tables.attempts().find(counter("a"));
                  looked.countDown();
                  await(mayInsert);
                  if (found.isPresent()) {
                    return found.get().attempts();
                  }
                  throw new IllegalStateException(insertFailure());
                }));
    await(looked);
    try (Handle other = database.open()) {
      other.execute(INSERT_A);
    }
    mayInsert.countDown();

    assertEquals(7, call.result());
    assertEquals(2, runs.get());
  }

  /** What a statement of the unit would have met: the row that is there by now. */
  private static Throwable insertFailure() {
    try (Handle other = database.open()) {
      return assertThrows(RuntimeException.class, () -> other.execute(INSERT_A));
    }
  }

  @Test
  void call_aRowThatAnotherProcessTookAway_isMissedInTheSecondRun() {
    GroupCommit writer = start(database.settings());
    AtomicInteger runs = new AtomicInteger();
    PendingReset ofNoSession =
        new PendingReset(A, SealedSecret.copyOf(new byte[] {1}), TestClock.NOON);

    writer.run(
        Locks.none(),
        tables -> {
          if (runs.incrementAndGet() == 1) {
            tables.secondFactors().put(ofNoSession);
          }
        });

    assertEquals(2, runs.get());
  }

  @Test
  void call_databaseGoneAfterAClash_failsTheRestWithoutAskingIt() throws Exception {
    AtomicBoolean gone = new AtomicBoolean();
    SqlDatabase real = new PostgresqlDatabase(database.settings());
    WatchedConnections watched =
        new WatchedConnections(
            real.writing(),
            call -> {
              if (gone.get()
                  && Set.of("Statement BEGIN", "DataSource getConnection").contains(call)) {
                throw new SQLException("Gone", "08006");
              }
            });
    GroupCommit writer = GroupCommit.start(real, Tables.jdbi(watched.dataSource()), 1, 9, 9, LONG);
    opened.add(writer);
    block(writer);
    AtomicInteger runs = new AtomicInteger();
    List<Call<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calls.add(
          queue(
              writer,
              tables -> {
                runs.incrementAndGet();
                gone.set(true);
                throw new IllegalStateException(new SQLException("Lost", "40P01"));
              }));
    }

    released.countDown();

    calls.forEach(call -> assertInstanceOf(UnavailableException.class, call.thrown()));
    assertEquals(1, runs.get());
    assertEquals(1, watched.count("getConnection"));
    gone.set(false);
    writer.run(Locks.none(), tables -> add(tables, "next", 1));
    assertEquals(List.of("next 1"), rows());
  }

  @Test
  void answers_fullDisk_isFalseUntilThereIsRoom() {
    JdbiChat process = process();
    try (Handle other = database.open()) {
      other.execute(
          "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
              + " $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = 'disk_full'; END $$");
      other.execute("CREATE TRIGGER no_room BEFORE INSERT ON attempts EXECUTE FUNCTION no_room()");
      try {
        assertThrows(UnavailableException.class, () -> charge(process, "a"));

        assertFalse(process.answers(LONG));
      } finally {
        other.execute("DROP FUNCTION no_room CASCADE");
      }
    }

    assertTrue(process.answers(LONG));
    assertEquals(List.of(), rows());
  }

  private static void charge(JdbiChat process, String name) {
    AttemptRule rule = AttemptRule.within(20, LONG, LONG);
    process.stores().attempts().charge(counter(name), rule, TestClock.NOON);
  }

  @Test
  void forgetBefore_aCountThatIsRenewedMeanwhile_keepsIt() throws Exception {
    JdbiChat process = process();
    charge(process, "a");
    Instant later = TestClock.NOON.plusSeconds(1);
    try (Handle other = database.open()) {
      other.begin();
      other.execute("UPDATE attempts SET since_ms = ?", later.toEpochMilli());
      Call<Integer> forgetting =
          Call.start(() ->
              process
                  .stores()
                  .attempts()
                  .forgetBefore(AttemptCounter.Kind.ADDRESS, later, later, 10));
      Call.awaitTrue(() -> !database.strings(WAITING).isEmpty());
      other.commit();

      assertEquals(0, forgetting.result());
    }
    assertEquals(List.of("a 1"), rows());
  }

  @Test
  void removeExpired_aSessionThatIsUsedMeanwhile_keepsIt() throws Exception {
    insertSession(A, 1);
    JdbiChat process = process();
    Instant later = Instant.ofEpochMilli(2);
    try (Handle other = database.open()) {
      other.begin();
      other.execute("UPDATE sessions SET last_used_at_ms = 2");
      Call<Integer> removing =
          Call.start(() -> process.stores().sessions().removeExpired(later, Instant.EPOCH, 10));
      Call.awaitTrue(() -> !database.strings(WAITING).isEmpty());
      other.commit();

      assertEquals(0, removing.result());
    }
    assertTrue(process.stores().sessions().find(A).isPresent());
  }

  @Test
  void removeExpired_moreThanTheLimit_takesThoseUnusedLongest() {
    insertSession(A, 2);
    insertSession(B, 1);
    JdbiChat process = process();

    process.stores().sessions().removeExpired(Instant.ofEpochMilli(3), Instant.EPOCH, 1);

    assertEquals(List.of("2"), database.strings("SELECT last_used_at_ms FROM sessions"));
  }

  @Test
  void touch_sessionThatSomebodyElseDecidesAbout_waitsForIt() {
    insertSession(A, 1);
    JdbiChat process = process(database.usualSettings());
    try (Handle other = database.open()) {
      other.begin();
      other.execute("SELECT pg_advisory_xact_lock(" + Locks.on(A).numbers().first() + ")");

      assertThrows(
          UnavailableException.class,
          () -> process.stores().sessions().touch(A, Instant.ofEpochMilli(2)));
      other.rollback();
    }
  }

  private static void insertSession(Sha256 tokenHash, long lastUsed) {
    try (Handle handle = database.open()) {
      handle.execute(
          """
          INSERT INTO users (
            id, username, username_canonical, email, email_canonical, created_at_ms, password_hash,
            encrypted_private_key, public_key, encryption_iv, kdf_memory_kib, kdf_iterations,
            kdf_parallelism, twofa_secret)
          VALUES (1, 'a', 'a', 'a@b.example', 'a@b.example', 0, 'a', 'a', ?, repeat('a', 24), 1, 1, 1, 'a')
          ON CONFLICT DO NOTHING
          """,
          A.toByteArray());
      handle.execute(
          """
          INSERT INTO sessions (
            token_hash, id, user_id, state, created_at_ms, last_used_at_ms, user_agent)
          VALUES (?, ?, 1, 'FULL', 0, ?, '')
          """,
          tokenHash.toByteArray(),
          tokenHash.toHex().substring(0, 22),
          lastUsed);
    }
  }

  @Test
  void call_connectionCutBeforeTheCommit_isUnavailableAndNotDone() throws Exception {
    assertEquals(List.of("b 1"), rowsAfterACutAndAnotherUnit(FaultyProxy.Mode.CUT_BEFORE_COMMIT));
  }

  @Test
  void call_connectionCutAfterTheCommit_isUnavailableAndDoneOnce() throws Exception {
    assertEquals(
        List.of("a 1", "b 1"), rowsAfterACutAndAnotherUnit(FaultyProxy.Mode.CUT_AFTER_COMMIT));
  }

  private List<String> rowsAfterACutAndAnotherUnit(FaultyProxy.Mode cut) throws Exception {
    FaultyProxy proxy = FaultyProxy.before(database.server().port());
    opened.add(proxy);
    GroupCommit writer = start(database.settings(proxy.port()));
    AtomicInteger runs = new AtomicInteger();
    proxy.set(cut);

    assertThrows(
        UnavailableException.class,
        () ->
            writer.run(
                Locks.none(),
                tables -> {
                  runs.incrementAndGet();
                  add(tables, "a", 1);
                }));

    proxy.set(FaultyProxy.Mode.PASS);
    writer.run(Locks.none(), tables -> add(tables, "b", 1));
    assertEquals(1, runs.get());
    return rows();
  }

  @Test
  void call_unitsWithManyLocks_areWrittenInBatchesOfBoundedLocks() throws Exception {
    GroupCommit writer = start(database.settings());
    block(writer);
    List<Call<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Locks locks = Locks.none();
      for (int j = 0; j < 200; j++) {
        locks.and(counter(i + " " + j));
      }
      String name = "unit" + i;
      calls.add(
          Call.start(
                  () -> {
                    writer.run(locks, tables -> add(tables, name, held()));
                    return true;
                  })
              .awaitState(Thread.State.TIMED_WAITING));
    }

    released.countDown();

    for (Call<Boolean> call : calls) {
      assertTrue(call.result());
    }
    // A batch takes units until it has 256 locks or more: two of them.
    assertEquals(
        List.of("unit0 400", "unit1 400", "unit2 400", "unit3 400", "unit4 400", "unit5 400"),
        rows());
  }

  private static int held() {
    return Integer.parseInt(
        database
            .strings(
                "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                    + " (SELECT oid FROM pg_database WHERE datname = current_database())")
            .get(0));
  }

  @Test
  void call_lockThatAnotherProcessKeeps_isUnavailableUntilItIsFree() {
    GroupCommit writer = start(database.usualSettings());
    Locks locks = Locks.on(counter("a"));
    try (Handle other = database.open()) {
      other.begin();
      other.execute("SELECT pg_advisory_xact_lock(" + locks.numbers().first() + ")");
      UnavailableException thrown =
          assertThrows(
              UnavailableException.class,
              () -> writer.run(locks, tables -> add(tables, "lost", 1)));
      assertInstanceOf(Exception.class, thrown.getCause());
      other.rollback();
    }

    writer.run(locks, tables -> add(tables, "next", 1));
    assertEquals(List.of("next 1"), rows());
  }

  private JdbiChat process() {
    return process(database.settings());
  }

  private JdbiChat process(PostgresqlSettings settings) {
    JdbiChat chat = JdbiChat.openPostgresql(settings, TestClock.atNoon());
    opened.add(chat);
    return chat;
  }

  private GroupCommit start(PostgresqlSettings settings) {
    SqlDatabase through = new PostgresqlDatabase(settings);
    GroupCommit writer =
        GroupCommit.start(through, Tables.jdbi(through.writing()), 1, 100, 60, LONG);
    opened.add(writer);
    return writer;
  }

  /** Keeps the one writer busy until the release. */
  private void block(GroupCommit writer) {
    CountDownLatch begun = new CountDownLatch(1);
    Call.start(() ->
        writer.call(
            Locks.none(),
            tables -> {
              begun.countDown();
              await(released);
              return true;
            }));
    await(begun);
  }

  private static Call<Boolean> queue(GroupCommit writer, Consumer<Tables> work) {
    return Call.start(
            () -> {
              writer.run(Locks.none(), work);
              return true;
            })
        .awaitState(Thread.State.TIMED_WAITING);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AttemptCounter counter(String name) {
    return new AttemptCounter(AttemptCounter.Kind.ADDRESS, name);
  }

  private static void add(Tables tables, String name, int attempts) {
    int before = tables.attempts().find(counter(name)).map(AttemptCount::attempts).orElse(0);
    tables
        .attempts()
        .put(counter(name), new AttemptCount(before + attempts, Instant.EPOCH, Optional.empty()));
  }

  private List<String> rows() {
    return database.strings("SELECT subject || ' ' || attempts FROM attempts ORDER BY subject");
  }
}
