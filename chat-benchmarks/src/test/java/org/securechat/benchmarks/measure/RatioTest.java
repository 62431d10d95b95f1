package org.securechat.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTest {
  private static final List<Measured> MEASURED =
      List.of(
          new Measured("send", 64, Slices.ofRates(50, 60, 10)),
          new Measured("check", 64, Slices.ofRates(100, 200, 100)),
          new Measured("append", 64, Slices.ofRates(100, 200, 100)));

  @Test
  void together_twoRates_isWhatOneAfterTheOtherAllows() {
    assertEquals(7.5, Ratio.together(List.of(10.0, 30.0)), 1e-9);
    assertEquals(10, Ratio.together(List.of(10.0)), 1e-9);
  }

  @Test
  void values_againstOne_areTakenRoundByRound() {
    Ratio.Values values = Ratio.of("send", "check").values(MEASURED, 64).orElseThrow();

    assertEquals(List.of(0.5, 0.3, 0.1), rounded(values.rounds()));
    assertEquals(0.3, values.median(), 1e-9);
  }

  @Test
  void values_againstSeveral_areAgainstWhatTheyAllowTogether() {
    Ratio.Values values = Ratio.of("send", "check", "append").values(MEASURED, 64).orElseThrow();

    assertEquals(List.of(1.0, 0.6, 0.2), rounded(values.rounds()));
    assertEquals("send / (check + append)", values.ratio().name());
  }

  @Test
  void values_sideOrConnectionsThatWereNotMeasured_areNone() {
    assertTrue(Ratio.of("send", "check", "prototype").values(MEASURED, 64).isEmpty());
    assertTrue(Ratio.of("prototype", "check").values(MEASURED, 64).isEmpty());
    assertTrue(Ratio.of("send", "check").values(MEASURED, 16).isEmpty());
  }

  private static List<Double> rounded(List<Double> numbers) {
    return numbers.stream().map(number -> Math.round(number * 1e6) / 1e6).toList();
  }
}
