package org.securechat.testkit.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.securechat.domain.ChatStores;
import org.securechat.domain.conversation.ConversationSettings;
import org.securechat.testkit.TestClock;

/**
 * Compares sets of stores by leading random lives in all of them: whatever anybody does must come
 * to the same result or the same refusal in each, and leave the same to be seen. A sequence in
 * which they differ is cut down to a short one.
 *
 * <p>For an adapter of one's own, compare it with {@code InMemoryStores.create()}. Used by one
 * thread.
 */
public final class StoresModel {
  /** Steps of one sequence. */
  private static final int STEPS = 20;

  private static final int PEOPLE = 4;

  /** After so many sequences others take over, so that nobody is in too many conversations. */
  private static final int SEQUENCES_OF_ONE_CREW = 20;

  private static final ConversationSettings SETTINGS =
      new ConversationSettings(1_000, 8 * 1024, 1_000, 1_000);

  private final Map<String, ChatStores> stores;
  private final TestClock clock = TestClock.atNoon();
  private List<Person> crew = List.of();
  private long nextPerson = 1_000;
  private long nextRun;

  /**
   * Prepares a comparison.
   *
   * @param stores by their names; empty, and used by nobody else. The first ones are asked what
   *     there is
   */
  public StoresModel(Map<String, ChatStores> stores) {
    this.stores = stores;
  }

  /**
   * Leads so many lives.
   *
   * @param seed decides them
   * @throws AssertionError with the seed and the shortest sequence found, if the stores differ
   */
  public void compare(long seed, int sequences) {
    for (int i = 0; i < sequences; i++) {
      if (i % SEQUENCES_OF_ONE_CREW == 0) {
        crew = newCrew();
      }
      Random random = new Random(seed + i);
      List<Step> steps = Stream.generate(() -> Step.draw(random)).limit(STEPS).toList();
      Optional<String> difference = run(steps);
      if (difference.isPresent()) {
        throw new AssertionError(
            "The stores differ in sequence "
                + i
                + " of seed "
                + seed
                + ": "
                + difference.get()
                + "\n"
                + shorten(steps));
      }
    }
  }

  private List<Person> newCrew() {
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(Person.numbered(nextPerson++));
    }
    for (ChatStores each : stores.values()) {
      people.forEach(person -> person.register(each, clock.instant()));
    }
    return people;
  }

  private Optional<String> run(List<Step> steps) {
    long run = nextRun++;
    clock.advance(Duration.ofMinutes(1));
    List<World> worlds =
        stores.entrySet().stream()
            .map(each -> new World(each.getKey(), each.getValue(), SETTINGS, run, clock))
            .toList();
    return new Run(worlds, crew, run, clock).compare(steps);
  }

  /** Leaves out whatever the difference does not need. */
  private String shorten(List<Step> failing) {
    List<Step> steps = new ArrayList<>(failing);
    String difference = "It shows only after the sequences before it.";
    boolean shorter = true;
    while (shorter) {
      shorter = false;
      for (int i = steps.size() - 1; i >= 0; i--) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.remove(i);
        crew = newCrew();
        Optional<String> found = run(fewer);
        if (found.isPresent()) {
          steps = fewer;
          difference = found.get();
          shorter = true;
        }
      }
    }
    StringBuilder text = new StringBuilder("The shortest that differs:\n");
    steps.forEach(step -> text.append("  ").append(step).append('\n'));
    return text.append(difference).toString();
  }
}
