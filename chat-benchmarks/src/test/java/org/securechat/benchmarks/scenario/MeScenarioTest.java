package org.securechat.benchmarks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.securechat.benchmarks.http.ClosedLoop;
import org.securechat.benchmarks.http.Stock;
import org.securechat.benchmarks.measure.Slice;

/** The load generator against the real API, in this process and with stores in memory. */
class MeScenarioTest {
  private static final int CONNECTIONS = 3;
  private static final int EACH = 20;

  /** Of requests of one user; the next is refused. */
  private static final int BURST = 25;

  private static final Duration UNTIL_USED_UP = Duration.ofMinutes(1);

  private final Clock clock = Clock.systemUTC();
  private final InMemoryServer server = new InMemoryServer(BURST);

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private MeScenario prepared() {
    MeScenario me = new MeScenario(new Users(server.target(), "reader", clock));
    me.prepare(CONNECTIONS);
    return me;
  }

  @Test
  void run_signedRequests_areAllAnswered() throws IOException {
    MeScenario me = prepared();
    Stock stock = Stock.make(me::request, CONNECTIONS, 0, EACH, false);

    Slice slice = ClosedLoop.run(server.target(), stock, me.expectedStatus(), UNTIL_USED_UP);

    // The first connection that has used its requests up ends the turn.
    long answers = slice.latencies().count();
    assertTrue(answers >= EACH && answers <= CONNECTIONS * EACH, "answers: " + answers);
    assertEquals(0, slice.refused());
    assertTrue(slice.rate() > 0);
  }

  @Test
  void run_oneConnection_sendsWhatItHas() throws IOException {
    MeScenario me = prepared();
    Stock stock = Stock.make(me::request, 1, 0, EACH, false);

    Slice slice = ClosedLoop.run(server.target(), stock, me.expectedStatus(), UNTIL_USED_UP);

    assertEquals(EACH, slice.latencies().count());
    assertEquals(0, slice.refused());
  }

  @Test
  void run_overTheServersLimit_countsRefusals() throws IOException {
    MeScenario me = prepared();
    Stock stock = Stock.make(me::request, 1, 0, BURST + 2, false);

    Slice slice = ClosedLoop.run(server.target(), stock, me.expectedStatus(), UNTIL_USED_UP);

    assertEquals(BURST + 2, slice.latencies().count());
    assertEquals(2, slice.refused());
  }

  @Test
  void loaded_oneTurn_measuresItself() {
    LoadedScenario me = new LoadedScenario(prepared(), server.target());

    Slice slice = me.run(CONNECTIONS, Duration.ofMillis(1));

    assertEquals("me", me.name());
    assertTrue(slice.latencies().count() >= CONNECTIONS);
    assertTrue(slice.serverTime().isPresent());
  }

  @Test
  void prepare_takenName_isRefused() {
    prepared();

    assertThrows(IllegalStateException.class, this::prepared);
  }
}
