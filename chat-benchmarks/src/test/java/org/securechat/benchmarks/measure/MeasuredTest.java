package org.securechat.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredTest {

  @Test
  void rate_oddAndEvenRounds_isTheMedian() {
    assertEquals(20, new Measured("x", 16, Slices.ofRates(500, 10, 20)).rate());
    assertEquals(15, new Measured("x", 16, Slices.ofRates(10, 20)).rate());
  }

  @Test
  void shares_withAServer_areOfAllRounds() {
    Measured measured =
        new Measured(
            "x",
            16,
            List.of(
                Slices.of(100, Duration.ofMillis(10), Optional.of(Duration.ofMillis(40))),
                Slices.of(100, Duration.ofMillis(10), Optional.of(Duration.ofMillis(20)))));

    assertEquals(0.25, measured.generatorShare().orElseThrow(), 1e-9);
    assertEquals(300, measured.serverMicros().orElseThrow(), 1e-9);
  }

  @Test
  void shares_withoutAServer_areNotKnown() {
    Measured measured = new Measured("x", 16, Slices.ofRates(10));

    assertTrue(measured.generatorShare().isEmpty());
    assertTrue(measured.serverMicros().isEmpty());
  }

  @Test
  void constructor_noRounds_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Measured("x", 16, List.of()));
  }
}
