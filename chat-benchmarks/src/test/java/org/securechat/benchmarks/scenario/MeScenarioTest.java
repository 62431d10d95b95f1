package org.securechat.benchmarks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.securechat.benchmarks.http.ClosedLoop;
import org.securechat.benchmarks.http.Stock;
import org.securechat.benchmarks.http.Target;
import org.securechat.benchmarks.measure.Slice;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.SecureChat;
import org.securechat.http.ChatApi;
import org.securechat.http.HttpSettings;
import org.securechat.http.call.RequestLimit;
import org.securechat.http.call.TrustedProxies;
import org.securechat.http.connector.Connector;
import org.securechat.http.connector.ConnectorSettings;
import org.securechat.http.signature.SignatureScheme;
import org.securechat.testkit.memory.InMemoryChat;

/** The load generator against the real API, in this process and with stores in memory. */
class MeScenarioTest {
  private static final int CONNECTIONS = 3;
  private static final int EACH = 20;

  /** Of requests of one user; the next is refused. */
  private static final int BURST = 25;

  private static final Duration UNTIL_USED_UP = Duration.ofMinutes(1);

  private final Clock clock = Clock.systemUTC();
  private final Connector connector = connector();

  private Connector connector() {
    ChatSettings settings = ChatSettings.defaults();
    ChatApi api =
        new ChatApi(
            new SecureChat(InMemoryChat.ports(clock), settings),
            settings,
            new HttpSettings(
                "test",
                Set.of(),
                false,
                HttpSettings.DEFAULT_MAX_BODY_BYTES,
                Set.of(SignatureScheme.ENVELOPE),
                TrustedProxies.of(List.of())),
            new RequestLimit(BURST, 1, Clock.fixed(clock.instant(), clock.getZone())),
            () -> true,
            clock);
    return Connector.create(
        "127.0.0.1",
        0,
        new ResourceConfig().registerInstances(api.instances()),
        ConnectorSettings.defaults(),
        status -> new byte[0]);
  }

  @BeforeEach
  void start() throws IOException {
    connector.start();
  }

  @AfterEach
  void stop() {
    connector.stop();
  }

  private Target target() {
    return new Target(connector.port(), ProcessHandle.current());
  }

  private MeScenario prepared() {
    MeScenario me = new MeScenario(target(), clock);
    me.prepare(CONNECTIONS);
    return me;
  }

  @Test
  void run_signedRequests_areAllAnswered() throws IOException {
    MeScenario me = prepared();
    Stock stock = Stock.make(me::request, CONNECTIONS, 0, EACH, false);

    Slice slice = ClosedLoop.run(target(), stock, me.expectedStatus(), UNTIL_USED_UP);

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

    Slice slice = ClosedLoop.run(target(), stock, me.expectedStatus(), UNTIL_USED_UP);

    assertEquals(EACH, slice.latencies().count());
    assertEquals(0, slice.refused());
  }

  @Test
  void run_overTheServersLimit_countsRefusals() throws IOException {
    MeScenario me = prepared();
    Stock stock = Stock.make(me::request, 1, 0, BURST + 2, false);

    Slice slice = ClosedLoop.run(target(), stock, me.expectedStatus(), UNTIL_USED_UP);

    assertEquals(BURST + 2, slice.latencies().count());
    assertEquals(2, slice.refused());
  }

  @Test
  void loaded_oneTurn_measuresItself() {
    LoadedScenario me = new LoadedScenario(prepared(), target());

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
