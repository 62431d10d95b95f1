package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;
import org.securechat.testpostgresql.FaultyProxy;
import org.securechat.testpostgresql.PostgresqlServer;
import org.slf4j.LoggerFactory;

/**
 * What clients see of a database that is away. Half of the durations is what is promised: the
 * machine may be busy.
 */
class DatabaseAwayTest {
  private static final Duration REFUSED_WITHIN = Duration.ofSeconds(10);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(20);

  /** The session is gone, or its last request is known. */
  private static final Set<String> AFTER_IT_WAS_DONE =
      Set.of("401 not_authenticated", "401 replayed_request");

  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private final TestAccount alice = new TestAccount(TestUser.named("alice"), clock);
  private FaultyProxy proxy;
  private TestServer server;
  private TestApi api;

  @BeforeEach
  void start() {
    PostgresqlServer postgresql = PostgresqlServer.shared();
    String url = Objects.requireNonNull(TestDatabase.POSTGRESQL.create(folder).get("DATABASE_URL"));
    proxy = FaultyProxy.before(postgresql.port());
    server =
        TestServer.start(
            folder,
            clock,
            Map.of(
                "DATABASE_URL",
                url.replace(":" + postgresql.port() + "/", ":" + proxy.port() + "/"),
                "SECRET_KEY",
                "the secret of a test's database"));
    api = new TestApi(server.url());
    alice.register(api);
  }

  @AfterEach
  void stop() {
    server.close();
    proxy.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyProxy.Mode.class,
      names = {"REFUSE", "SWALLOW"})
  void away_andBack_isSaidInTimeAndNothingHangs(FaultyProxy.Mode mode) {
    proxy.set(mode);

    for (int i = 0; i < 2; i++) {
      clock.advance(Duration.ofSeconds(1));
      assertUnavailableInTime("/api/me", alice.sign("{}"));
      assertUnavailableInTime("/api/register", alice.signedRegistration());
    }
    assertEquals(503, api.get("/health").status());

    proxy.set(FaultyProxy.Mode.PASS);
    awaitWithin(BACK_WITHIN, () -> api.get("/health").status() == 200);
    awaitWithin(
        BACK_WITHIN,
        () -> {
          clock.advance(Duration.ofSeconds(1));
          return api.post("/api/me", alice.sign("{}")).status() == 200
              && api.post("/api/logout", alice.sign("{}")).status() == 200;
        });
  }

  @Test
  void away_aChangeThatFails_isLoggedByTypesAndCodesAlone() {
    Logger logger = (Logger) LoggerFactory.getLogger("org.securechat.persistence.WriterLane");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      proxy.set(FaultyProxy.Mode.CUT_BEFORE_COMMIT);
      clock.advance(Duration.ofSeconds(1));
      assertUnavailableInTime("/api/logout", alice.sign("{}"));
    } finally {
      logger.detachAppender(log);
    }

    assertFalse(log.list.isEmpty());
    for (ILoggingEvent event : log.list) {
      assertNull(event.getThrowableProxy(), event::getFormattedMessage);
      assertTrue(event.getFormattedMessage().contains("SQLSTATE 08"), event::getFormattedMessage);
    }
  }

  private void assertUnavailableInTime(String path, String body) {
    long began = System.nanoTime();
    TestApi.Answer answer = api.post(path, body);
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    assertEquals("503 unavailable", answer.code());
    assertEquals("1", answer.header("Retry-After").orElse("none"));
    assertTrue(took.compareTo(REFUSED_WITHIN) < 0, took::toString);
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyProxy.Mode.class,
      names = {"CUT_BEFORE_COMMIT", "CUT_AFTER_COMMIT"})
  void connectionCutAtTheCommit_isUnavailableAndTheRetryGetsOneEffect(FaultyProxy.Mode mode) {
    clock.advance(Duration.ofSeconds(1));
    String logout = alice.sign("{}");
    proxy.set(mode);

    assertEquals("503 unavailable", api.post("/api/logout", logout).code());

    proxy.set(FaultyProxy.Mode.PASS);
    String again = api.post("/api/logout", logout).code();
    if (mode == FaultyProxy.Mode.CUT_BEFORE_COMMIT) {
      assertEquals("200 ", again);
    } else {
      assertTrue(AFTER_IT_WAS_DONE.contains(again), again);
    }
    clock.advance(Duration.ofSeconds(1));
    assertEquals("401 not_authenticated", api.post("/api/me", alice.sign("{}")).code());
  }

  private static void awaitWithin(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        fail("Waited in vain");
      }
    }
  }
}
