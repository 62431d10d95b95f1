package org.securechat.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How often contenders take turns: A B C, A B C, …, so that what the machine does meanwhile meets
 * all of them.
 *
 * @param count how many rounds are measured, at least one
 * @param warmUp how long each works before them, unmeasured
 * @param length how long each works in a round
 */
public record Rounds(int count, Duration warmUp, Duration length) {

  public Rounds {
    if (count < 1 || warmUp.isNegative() || !length.isPositive()) {
      throw new IllegalArgumentException("There is at least one round, and it takes time");
    }
  }

  /** Runs all of them; tells after each turn what it was. */
  public List<Measured> run(
      List<Contender> contenders, int connections, Consumer<String> progress) {
    List<List<Slice>> slices = new ArrayList<>();
    for (Contender contender : contenders) {
      slices.add(new ArrayList<>());
      if (warmUp.isPositive()) {
        tell(progress, "warm-up", contender, connections, contender.run(connections, warmUp));
      }
    }
    for (int round = 1; round <= count; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        Contender contender = contenders.get(i);
        Slice slice = contender.run(connections, length);
        slices.get(i).add(slice);
        tell(progress, "round " + round, contender, connections, slice);
      }
    }
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      measured.add(new Measured(contenders.get(i).name(), connections, slices.get(i)));
    }
    return measured;
  }

  private static void tell(
      Consumer<String> progress, String when, Contender contender, int connections, Slice slice) {
    progress.accept(
        "%s, %s at %d: %.0f a second".formatted(when, contender.name(), connections, slice.rate()));
  }
}
