package org.securechat.benchmarks.report;

import java.util.Collections;
import java.util.Formatter;
import java.util.Locale;
import java.util.OptionalDouble;
import org.securechat.benchmarks.measure.Measured;
import org.securechat.benchmarks.measure.Ratio;

/** A run as Markdown, to be read and to be copied into the documentation. */
public final class TextReport {
  private static final String NOT_KNOWN = "–";

  private TextReport() {}

  /** The whole text, with a line break at its end. */
  public static String of(Run run) {
    Formatter text = new Formatter(Locale.ROOT);
    Machine machine = run.machine();
    text.format("%s, `%s`%n%n", machine.time(), run.command());
    text.format(
        "- %d cores, %s, %s, %s, load before %.2f%n",
        machine.cores(), machine.processor(), machine.system(), machine.java(), machine.load());
    run.versions().forEach(version -> text.format("- %s%n", version));
    text.format(
        "- %d rounds of %.1f s after %.1f s to warm up; rates are medians of the rounds%n%n",
        run.rounds().count(),
        run.rounds().length().toMillis() / 1e3,
        run.rounds().warmUp().toMillis() / 1e3);
    text.format(
        "| what | connections | a second | p50 ms | p99 ms | refused | server µs each"
            + " | generator's share |%n");
    text.format("|---|---|---|---|---|---|---|---|%n");
    run.measured().forEach(measured -> row(text, measured));
    if (!run.ratios().isEmpty()) {
      text.format("%n| ratio | connections | median | least | most |%n");
      text.format("|---|---|---|---|---|%n");
      run.ratios().forEach(values -> row(text, values));
    }
    return text.toString();
  }

  private static void row(Formatter text, Measured measured) {
    text.format(
        "| `%s` | %d | %.0f | %.2f | %.2f | %d | %s | %s |%n",
        measured.contender(),
        measured.connections(),
        measured.rate(),
        measured.millis(50),
        measured.millis(99),
        measured.refused(),
        micros(measured.serverMicros()),
        percent(measured.generatorShare()));
  }

  private static void row(Formatter text, Ratio.Values values) {
    text.format(
        "| `%s` | %d | %.2f | %.2f | %.2f |%n",
        values.ratio().name(),
        values.connections(),
        values.median(),
        Collections.min(values.rounds()),
        Collections.max(values.rounds()));
  }

  private static String micros(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : NOT_KNOWN;
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent()
        ? String.format(Locale.ROOT, "%.0f %%", share.getAsDouble() * 100)
        : NOT_KNOWN;
  }
}
