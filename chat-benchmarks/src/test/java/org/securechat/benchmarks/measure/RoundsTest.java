package org.securechat.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final List<String> turns = new ArrayList<>();

  /** Notes its turns and is a little faster at each. */
  private final class Noting implements Contender {
    private final String name;
    private int rate;

    Noting(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Slice run(int connections, Duration length) {
      turns.add(name + " " + connections + " " + length.toSeconds());
      rate++;
      return Slices.of(rate, SECOND, Optional.empty());
    }
  }

  @Test
  void run_twoContenders_takeTurns() {
    List<Measured> measured =
        new Rounds(2, Duration.ofSeconds(3), SECOND)
            .run(List.of(new Noting("a"), new Noting("b")), 16, line -> {});

    assertEquals(List.of("a 16 3", "b 16 3", "a 16 1", "b 16 1", "a 16 1", "b 16 1"), turns);
    assertEquals(List.of("a", "b"), measured.stream().map(Measured::contender).toList());
    assertEquals(List.of(2.0, 3.0), measured.get(0).rates()); // not the warm-up
  }

  @Test
  void run_withoutWarmUp_measuresTheFirstTurn() {
    List<Measured> measured =
        new Rounds(1, Duration.ZERO, SECOND).run(List.of(new Noting("a")), 1, line -> {});

    assertEquals(List.of(1.0), measured.get(0).rates());
  }

  @Test
  void constructor_nothingToMeasure_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Rounds(0, Duration.ZERO, SECOND));
    assertThrows(IllegalArgumentException.class, () -> new Rounds(1, Duration.ZERO, Duration.ZERO));
  }
}
