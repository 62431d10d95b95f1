package org.securechat.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.testkit.TestClock;
import org.securechat.testpostgresql.FaultyProxy;
import org.securechat.testpostgresql.PostgresqlServer;

/**
 * A database that is away, in each way that it can be. Half of the durations is what is promised:
 * the machine may be busy.
 */
class PostgresqlOutageTest {
  private static final Duration PROMISED = Duration.ofSeconds(5);
  private static final Duration REFUSED_WITHIN = Duration.ofSeconds(10);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(20);
  private static final AttemptRule RULE =
      AttemptRule.within(1_000_000, Duration.ofHours(1), Duration.ofHours(1));

  private static PostgresqlServer server;
  private static TestDatabase database;

  private FaultyProxy proxy;
  private JdbiChat chat;

  @BeforeAll
  static void startServer() {
    server = PostgresqlServer.startWith();
    database = new TestDatabase(server, server.newDatabase());
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void open() {
    proxy = FaultyProxy.before(server.port());
    chat =
        JdbiChat.openPostgresql(
            PostgresqlSettings.of(database.address(proxy.port())), TestClock.atNoon());
    useEveryConnection();
  }

  @AfterEach
  void close() {
    chat.close();
    proxy.close();
  }

  @Test
  void settings_ofAServer_areWhatIsPromised() {
    PostgresqlSettings settings = database.usualSettings();

    Duration change = settings.patience().plus(settings.answerTimeout());
    assertTrue(change.compareTo(PROMISED) <= 0, change::toString);
    assertTrue(settings.readPatience().compareTo(PROMISED) <= 0, settings::toString);
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyProxy.Mode.class,
      names = {"REFUSE", "SWALLOW"})
  void stores_networkAway_areUnavailableInTimeAndComeBack(FaultyProxy.Mode mode) throws Exception {
    proxy.set(mode);
    assertEverybodyIsRefusedInTime();
    // Connections are opened anew by now, which fails in another way.
    assertEverybodyIsRefusedInTime();

    proxy.set(FaultyProxy.Mode.PASS);
    assertComesBack();
  }

  @Test
  void stores_serverStopped_areUnavailableInTimeAndComeBack() throws Exception {
    server.stop();
    try {
      assertEverybodyIsRefusedInTime();
    } finally {
      server.start();
    }
    assertComesBack();
  }

  @Test
  void write_serverRestartedWhileNobodyWrote_succeedsAtOnceOnEveryConnection() {
    server.stop();
    server.start();

    for (int i = 0; i < 100; i++) {
      write(i);
    }
  }

  private void assertEverybodyIsRefusedInTime() throws Exception {
    List<Call<Duration>> refusals = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int user = i;
      refusals.add(Call.start(() -> refusal(() -> read(user))));
      refusals.add(Call.start(() -> refusal(() -> write(user))));
    }
    assertFalse(chat.answers(Duration.ofSeconds(2)));
    for (Call<Duration> refusal : refusals) {
      Duration took = refusal.result();
      assertTrue(took.compareTo(REFUSED_WITHIN) < 0, took::toString);
    }
  }

  private static Duration refusal(Runnable call) {
    long began = System.nanoTime();
    UnavailableException thrown = assertThrows(UnavailableException.class, call::run);
    assertEquals(Duration.ofSeconds(1), thrown.retryAfter());
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private void assertComesBack() throws Exception {
    long returned = System.nanoTime();
    Call.awaitTrue(() -> isThere() && chat.answers(Duration.ofSeconds(2)));
    Duration took = Duration.ofNanos(System.nanoTime() - returned);
    assertTrue(took.compareTo(BACK_WITHIN) < 0, took::toString);
    useEveryConnection();
  }

  private boolean isThere() {
    try {
      read(0);
      write(0);
      return true;
    } catch (UnavailableException e) {
      return false;
    }
  }

  /** Enough at once that no connection of a pool or a writer is left out. */
  private void useEveryConnection() {
    List<Call<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int user = i;
      calls.add(
          Call.start(() -> {
            atOnceOrTheNextTime(() -> read(user));
            atOnceOrTheNextTime(() -> write(user));
            return true;
          }));
    }
    for (Call<Boolean> call : calls) {
      try {
        assertTrue(call.result());
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A connection may take longer to open than somebody waits for it. */
  private static void atOnceOrTheNextTime(Runnable call) {
    try {
      call.run();
    } catch (UnavailableException e) {
      call.run();
    }
  }

  private void read(int user) {
    assertEquals(Optional.empty(), chat.stores().accounts().find(new UserId(user + 1)));
  }

  private void write(int user) {
    AttemptCounter counter = new AttemptCounter(AttemptCounter.Kind.ADDRESS, "user" + user);
    chat.stores().attempts().charge(counter, RULE, TestClock.NOON);
  }
}
