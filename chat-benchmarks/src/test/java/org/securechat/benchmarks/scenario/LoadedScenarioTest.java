package org.securechat.benchmarks.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.securechat.benchmarks.measure.Slice;

class LoadedScenarioTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  private final InMemoryServer server = new InMemoryServer(1);
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  /** Notes which requests it is asked for. */
  private final class Noting implements Scenario {
    private final HealthScenario health = new HealthScenario(server.target());

    @Override
    public String name() {
      return "noting";
    }

    @Override
    public int expectedStatus() {
      return 200;
    }

    @Override
    public boolean repeats() {
      return false;
    }

    @Override
    public void prepare(int connections) {
      health.prepare(connections);
    }

    @Override
    public byte[] request(int connection, int number) {
      asked.add(connection + " " + number);
      return health.request(connection, number);
    }
  }

  @Test
  void run_requestsThatDoNotRepeat_askForEachOnce() {
    LoadedScenario loaded = new LoadedScenario(new Noting(), server.target());

    Slice first = loaded.run(2, SHORT);
    Slice second = loaded.run(2, SHORT);

    Set<String> different = new TreeSet<>(asked);
    assertEquals(different.size(), asked.size());
    assertTrue(first.latencies().count() + second.latencies().count() <= asked.size());
    assertEquals(0, first.refused() + second.refused());
  }
}
