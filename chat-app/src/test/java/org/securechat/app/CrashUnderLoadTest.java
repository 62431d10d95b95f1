package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireWorld;
import org.securechat.testpostgresql.PostgresqlServer;

/**
 * {@code kill -9} at a random moment while sixteen send: every 201 is there, once, in order. The
 * property {@code chat.crash.rounds} says how often.
 */
class CrashUnderLoadTest {
  private static final int ROUNDS = Integer.getInteger("chat.crash.rounds", 1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void serverKilled_whileSixteenSend_keepsEvery201(TestDatabase kind) throws Exception {
    Map<String, String> settings = new HashMap<>(kind.create(folder));
    settings.putAll(Crowd.SETTINGS);
    ServerProcess server = ServerProcess.serve(folder, settings);
    try (Ledger ledger = new Ledger(folder.resolve("ledger.txt"))) {
      WireWorld world = WireWorld.now(server.url(), Clock.systemUTC(), WireScheme.RFC9421);
      Crowd crowd = new Crowd(world, ledger);
      for (int round = 0; round < ROUNDS; round++) {
        ServerProcess running = server;
        crowd.sendUntilKilledBy(() -> {
          awaitSomeAnswers(ledger);
          running.kill();
        });
        server = ServerProcess.serve(folder, settings);
        world.moveTo(server.url());
        crowd.sendOnce();
        crowd.assertNothingLost();
      }
      crowd.assertNothingChanged();
      tell("the server on " + kind + " killed " + ROUNDS + " times", ledger, 0);
    } finally {
      server.close();
    }
  }

  @Test
  void postgresqlKilled_whileSixteenSend_keepsEvery201() throws Exception {
    try (PostgresqlServer postgresql = PostgresqlServer.startWith();
        ServerProcess server = serve(postgresql, Map.of());
        Ledger ledger = new Ledger(folder.resolve("ledger.txt"))) {
      Crowd crowd =
          new Crowd(WireWorld.now(server.url(), Clock.systemUTC(), WireScheme.RFC9421), ledger);
      for (int round = 0; round < ROUNDS; round++) {
        killUnder(crowd, postgresql, ledger);
        crowd.assertNothingLost();
      }
      crowd.assertNothingChanged();
      tell("PostgreSQL killed " + ROUNDS + " times", ledger, 0);
    }
  }

  /** The same without durability, or the test above would be blind. */
  @Test
  @Tag("slow")
  void postgresqlKilled_thatDoesNotWaitForTheDisk_isSeenToLose() throws Exception {
    try (PostgresqlServer postgresql =
            PostgresqlServer.startWith("synchronous_commit=off", "wal_writer_delay=10s");
        ServerProcess server = serve(postgresql, Map.of("DATABASE_ALLOW_UNSAFE", "true"));
        Ledger ledger = new Ledger(folder.resolve("ledger.txt"))) {
      Crowd crowd =
          new Crowd(WireWorld.now(server.url(), Clock.systemUTC(), WireScheme.RFC9421), ledger);
      postgresql.execute("postgres", "CHECKPOINT"); // the accounts stay
      killUnder(crowd, postgresql, ledger);
      int lost = crowd.lost().size();
      tell("PostgreSQL without durability killed once", ledger, lost);
      assertNotEquals(0, lost);
    }
  }

  private static void tell(String what, Ledger ledger, int lost) {
    System.out.printf("%s: %d messages were answered 201, %d lost%n", what, ledger.size(), lost);
  }

  private ServerProcess serve(PostgresqlServer postgresql, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(Crowd.SETTINGS);
    settings.put("DATABASE_URL", postgresql.url(postgresql.newDatabase()));
    settings.put("SECRET_KEY", "the secret of a test's database");
    settings.putAll(more);
    return ServerProcess.serve(folder, settings);
  }

  /** Returns when all hear again what has become of their messages. */
  private static void killUnder(Crowd crowd, PostgresqlServer postgresql, Ledger ledger)
      throws Exception {
    crowd.sendDuring(() -> {
      awaitSomeAnswers(ledger);
      postgresql.kill();
      postgresql.start();
      awaitSomeAnswers(ledger);
    });
    crowd.sendOnce();
  }

  private static void awaitSomeAnswers(Ledger ledger) throws InterruptedException {
    int some = ledger.size() + ThreadLocalRandom.current().nextInt(100, 600);
    Waits.await("answers", PATIENCE, () -> ledger.size() >= some);
  }
}
