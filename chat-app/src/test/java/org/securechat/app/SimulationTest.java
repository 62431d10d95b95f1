package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.testkit.TestClock;

/**
 * Two hundred people talk: whatever they do, everybody reads exactly what they may. {@code
 * -Dchat.test.seed} does the same once more, {@code -Dchat.simulation.rounds} goes on for longer,
 * {@code -Dchat.simulation.people} says how many they are.
 */
class SimulationTest {
  private static final int PEOPLE = Integer.getInteger("chat.simulation.people", 200);
  private static final int ROUNDS = Integer.getInteger("chat.simulation.rounds", 20);
  private static final int OPERATIONS = 100;

  /** Conversations at the beginning: so many people for one. */
  private static final int PEOPLE_PER_CONVERSATION = 6;

  /** Above 100 members, lists of conversations don't name them any more. */
  private static final int LARGE = PEOPLE / 2 + 5;

  @TempDir Path folder;

  @Test
  void people_whateverTheyDo_readWhatTheyMayAndNothingElse() {
    long seed = Long.getLong("chat.test.seed", System.nanoTime());
    System.out.println("SimulationTest: chat.test.seed " + seed);
    TestClock clock = TestClock.atNoon();
    Map<String, String> settings =
        Map.of(
            "LIMIT_REQUESTS_PER_USER_BURST", "1000000",
            "LIMIT_REQUESTS_PER_USER_PER_SECOND", "1000000");
    try (TestServer server = TestServer.start(folder, clock, settings);
        StoredConversations stored = StoredConversations.in(folder)) {
      Simulation simulation = new Simulation(server.url(), stored, clock, folder, seed);
      try {
        simulation.begin(PEOPLE, PEOPLE / PEOPLE_PER_CONVERSATION, LARGE);
        for (int i = 0; i < ROUNDS; i++) {
          simulation.round(OPERATIONS, i % 2 == 1);
        }
        simulation.end();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "With -Dchat.test.seed=" + seed + ", after\n" + simulation.tail(), e);
      }
      assertEquals(Set.of(Simulation.Act.values()), simulation.done().keySet());
    }
  }
}
