package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireWorld;
import org.securechat.testpostgresql.PostgresqlServer;

/**
 * A PostgreSQL that is restarted under load, every five seconds, costs answers 503 and nothing
 * else; one that is restarted meanwhile costs nothing. The property {@code chat.restart.rounds}
 * says how often the first happens: twelve take a minute.
 */
class DatabaseRestartsTest {
  private static final int ROUNDS = Integer.getInteger("chat.restart.rounds", 2);
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int ANSWERS = 50;

  @TempDir Path folder;

  @Test
  void postgresqlRestarted_whileSixteenSend_losesAndDoublesNothing() throws Exception {
    try (PostgresqlServer postgresql = PostgresqlServer.startWith();
        ServerProcess server = serve(postgresql);
        Ledger ledger = new Ledger(folder.resolve("ledger.txt"))) {
      Crowd crowd = crowd(server, ledger);

      crowd.sendDuring(() -> {
        awaitAnswers(ledger);
        for (int round = 0; round < ROUNDS; round++) {
          long next = System.nanoTime() + PERIOD.toNanos();
          postgresql.stop();
          postgresql.start();
          awaitAnswers(ledger);
          boolean last = round == ROUNDS - 1;
          Waits.await("the next restart", PATIENCE, () -> last || System.nanoTime() > next);
        }
      });

      assertTrue(crowd.unavailable() > 0, "nobody noticed a restart");
      for (int i = 0; i < 3; i++) {
        crowd.sendOnce();
      }
      crowd.assertNothingLost();
      crowd.assertNothingChanged();
    }
  }

  private ServerProcess serve(PostgresqlServer postgresql) {
    Map<String, String> settings = new HashMap<>(Crowd.SETTINGS);
    settings.put("DATABASE_URL", postgresql.url(postgresql.newDatabase()));
    settings.put("SECRET_KEY", "the secret of a test's database");
    return ServerProcess.serve(folder, settings);
  }

  private static Crowd crowd(ServerProcess server, Ledger ledger) {
    return new Crowd(WireWorld.now(server.url(), Clock.systemUTC(), WireScheme.RFC9421), ledger);
  }

  private static void awaitAnswers(Ledger ledger) throws InterruptedException {
    int some = ledger.size() + ANSWERS;
    Waits.await("answers", PATIENCE, () -> ledger.size() >= some);
  }
}
