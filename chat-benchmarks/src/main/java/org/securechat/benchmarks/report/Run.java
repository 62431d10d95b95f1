package org.securechat.benchmarks.report;

import java.util.List;
import org.securechat.benchmarks.measure.Measured;
import org.securechat.benchmarks.measure.Ratio;
import org.securechat.benchmarks.measure.Rounds;

/**
 * A whole run.
 *
 * @param command how it was called
 * @param versions one line for each program and library that was measured
 */
public record Run(
    Machine machine,
    String command,
    List<String> versions,
    Rounds rounds,
    List<Measured> measured,
    List<Ratio.Values> ratios) {

  public Run {
    versions = List.copyOf(versions);
    measured = List.copyOf(measured);
    ratios = List.copyOf(ratios);
  }

  /** All answers that were not the expected one. */
  public long refused() {
    return measured.stream().mapToLong(Measured::refused).sum();
  }
}
