package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.request.Once;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;

class JdbiChatTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Sha256 TOKEN_HASH = Sha256.of(new byte[] {7});

  @TempDir Path folder;
  private final List<JdbiChat> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(JdbiChat::close);
  }

  @Test
  void openSqlite_afterTheFirstWasAbandoned_hasWhatWasWritten() {
    PendingRegistration registration = begin(open());

    assertEquals(Optional.of(registration), find(open()));
  }

  /** What a crash leaves: the file and its log as they are, nothing closed. */
  @Test
  void openSqlite_copyOfTheFilesTakenWhileOpen_hasWhatWasWritten() throws Exception {
    PendingRegistration registration = begin(open());
    Path copy = folder.resolve("copy.db");
    for (String suffix : List.of("", "-wal")) {
      Files.copy(
          Path.of(database() + suffix),
          Path.of(copy + suffix),
          StandardCopyOption.REPLACE_EXISTING);
    }

    assertEquals(Optional.of(registration), find(open(copy)));
  }

  @Test
  void openSqlite_afterClose_hasWhatWasWritten() {
    JdbiChat first = open();
    PendingRegistration registration = begin(first);
    first.close();

    assertEquals(Optional.of(registration), find(open()));
    assertTrue(Files.exists(database()));
  }

  @Test
  void answers_open_isTrue() {
    assertTrue(open().answers(LONG));
  }

  @Test
  void answers_closed_isFalse() {
    JdbiChat chat = open();
    chat.close();

    assertFalse(chat.answers(LONG));
  }

  @Test
  void answers_interrupted_isFalseAndStaysInterrupted() throws Exception {
    JdbiChat chat = open();
    Call<Boolean> asking =
        Call.start(() -> {
          Thread.currentThread().interrupt();
          boolean answers = chat.answers(LONG);
          return !answers && Thread.currentThread().isInterrupted();
        });

    assertTrue(asking.result());
    assertTrue(chat.answers(LONG));
  }

  @Test
  void answers_damagedDatabase_isFalse() throws Exception {
    JdbiChat chat = open();
    damage();

    assertFalse(chat.answers(LONG));
  }

  @Test
  void answers_changesFail_isFalseUntilTheyWorkAgain() throws Exception {
    JdbiChat chat = JdbiChat.openSqlite(settings(database()), TestClock.atNoon());
    opened.add(chat);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertTrue(chat.answers(LONG));
      assertThrows(UnavailableException.class, () -> begin(chat));

      assertFalse(chat.answers(LONG));

      statement.execute("ROLLBACK");
      assertTrue(chat.answers(LONG));
      begin(chat);
      try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM attempts")) {
        assertEquals(0, row.getInt(1));
      }
    }
  }

  @Test
  void stores_closed_areUnavailable() {
    JdbiChat chat = open();
    chat.close();
    chat.close();

    assertThrows(UnavailableException.class, () -> find(chat));
    assertThrows(UnavailableException.class, () -> begin(chat));
  }

  @Test
  void stores_damagedDatabase_areUnavailable() throws Exception {
    JdbiChat chat = open();
    damage();

    assertThrows(UnavailableException.class, () -> find(chat));
    assertThrows(UnavailableException.class, () -> begin(chat));
  }

  @Test
  void observe_changes_areToldWithTheirWaitAndCommit() {
    JdbiChat chat = open();
    List<Duration> waits = new CopyOnWriteArrayList<>();
    List<Integer> commits = new CopyOnWriteArrayList<>();
    chat.observe(
        new WriteObserver() {
          @Override
          public void waited(Duration wait) {
            waits.add(wait);
          }

          @Override
          public void committed(int units) {
            commits.add(units);
          }
        });

    begin(chat);
    chat.close();

    assertEquals(List.of(1), commits);
    assertEquals(1, waits.size());
    assertFalse(waits.get(0).isNegative());
  }

  @Test
  void load_readThatRunsAndReadThatWaits_areCounted() throws Exception {
    SqliteSettings settings = settings(database());
    Schema.ofSqlite(settings).migrate();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    try (Readers readers = new Readers(new SqliteDatabase(settings), 1, 1, Duration.ofMinutes(1))) {
      Call<Integer> holding =
          Call.start(() ->
              readers.read(
                  HealthSql.class,
                  sql -> {
                    int one = sql.one();
                    held.countDown();
                    await(released);
                    return one;
                  }));
      held.await();
      Call<Integer> waiting =
          Call.start(() -> readers.read(HealthSql.class, HealthSql::one))
              .awaitState(Thread.State.TIMED_WAITING);

      assertEquals(new DatabaseLoad(7, 1, 1, 1, 1), readers.load(7));

      released.countDown();
      holding.result();
      waiting.result();
    }
  }

  @Test
  void read_everyConnectionInUse_isUnavailableUntilOneIsFree() throws Exception {
    SqliteSettings settings = settings(database());
    Schema.ofSqlite(settings).migrate();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    try (Readers readers = new Readers(new SqliteDatabase(settings), 1, 1, settings.patience())) {
      Call<Integer> holding =
          Call.start(() ->
              readers.read(
                  HealthSql.class,
                  sql -> {
                    int one = sql.one();
                    held.countDown();
                    await(released);
                    return one;
                  },
                  Duration.ofMinutes(1)));
      held.await();

      assertThrows(UnavailableException.class, () -> readers.read(HealthSql.class, HealthSql::one));

      released.countDown();
      assertEquals(1, holding.result());
      assertEquals(1, readers.read(HealthSql.class, HealthSql::one));
    }
  }

  @Test
  void read_interruptedWhileItWaits_isUnavailableAndStaysInterrupted() throws Exception {
    SqliteSettings settings = settings(database());
    Schema.ofSqlite(settings).migrate();
    CountDownLatch released = new CountDownLatch(1);
    try (Readers readers = new Readers(new SqliteDatabase(settings), 1, 1, Duration.ofMinutes(1))) {
      Call<Boolean> reading =
          Call.start(
                  () -> {
                    assertThrows(
                        UnavailableException.class,
                        () ->
                            readers.read(
                                HealthSql.class,
                                sql -> {
                                  await(released);
                                  return sql.one();
                                }));
                    return Thread.currentThread().isInterrupted();
                  })
              .awaitState(Thread.State.TIMED_WAITING);

      reading.thread().interrupt();

      assertTrue(reading.result());
      released.countDown();
    }
  }

  @Test
  void read_queueFull_isUnavailableAtOnce() throws Exception {
    SqliteSettings settings = settings(database());
    Schema.ofSqlite(settings).migrate();
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    try (Readers readers = new Readers(new SqliteDatabase(settings), 1, 1, Duration.ofMinutes(1))) {
      Call<Integer> holding =
          Call.start(() ->
              readers.read(
                  HealthSql.class,
                  sql -> {
                    held.countDown();
                    await(released);
                    return sql.one();
                  }));
      held.await();
      Call<Integer> waiting =
          Call.start(() -> readers.read(HealthSql.class, HealthSql::one))
              .awaitState(Thread.State.TIMED_WAITING);

      assertThrows(UnavailableException.class, () -> readers.read(HealthSql.class, HealthSql::one));

      released.countDown();
      assertEquals(1, holding.result());
      assertEquals(1, waiting.result());
    }
  }

  @Test
  void read_statementThatIsWrong_isNoOutage() {
    SqliteSettings settings = settings(database());
    try (Readers readers = new Readers(new SqliteDatabase(settings), 1, 1, settings.patience())) {
      RuntimeException thrown =
          assertThrows(RuntimeException.class, () -> readers.read(HealthSql.class, HealthSql::one));

      assertInstanceOf(JdbiException.class, thrown);
    }
  }

  @Test
  void settings_outOfRange_areRefused() {
    Path path = database();
    Duration second = Duration.ofSeconds(1);

    for (int[] counts : new int[][] {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new SqliteSettings(path, counts[0], second, counts[1], counts[2], second));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new SqliteSettings(path, 1, Duration.ofMillis(-1), 1, 1, second));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SqliteSettings(path, 1, second, 1, 1, Duration.ofMillis(249)));
  }

  private Path database() {
    return folder.resolve("chat.db");
  }

  private static SqliteSettings settings(Path path) {
    return new SqliteSettings(path, 1, Duration.ofMillis(100), 10, 10, Duration.ofSeconds(2));
  }

  private JdbiChat open() {
    return open(database());
  }

  private JdbiChat open(Path path) {
    JdbiChat chat = JdbiChat.openSqlite(SqliteSettings.of(path), TestClock.atNoon());
    opened.add(chat);
    return chat;
  }

  private static PendingRegistration begin(JdbiChat chat) {
    Profile profile = TestUser.named("alice").profile();
    SealedSecret secret = SealedSecret.copyOf(new byte[] {1});
    PendingRegistration registration =
        new PendingRegistration(
            TOKEN_HASH,
            profile,
            new StoredSecrets(new PasswordVerifier("$argon2id$verifier"), secret, secret),
            TestClock.NOON);
    Once once = new Once(TestClock.NOON, profile.identityKey(), TOKEN_HASH);
    chat.stores().registrations().begin(registration, once);
    return registration;
  }

  private static Optional<PendingRegistration> find(JdbiChat chat) {
    return chat.stores().registrations().find(TOKEN_HASH);
  }

  /** Overwrites every page, as a failing disk might. */
  private void damage() throws Exception {
    Path log = Path.of(database() + "-wal");
    for (Path file : List.of(database(), log)) {
      if (Files.exists(file)) {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, (byte) 0x5a);
        Files.write(file, bytes, StandardOpenOption.WRITE);
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
