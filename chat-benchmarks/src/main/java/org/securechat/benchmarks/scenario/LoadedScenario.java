package org.securechat.benchmarks.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.securechat.benchmarks.http.ClosedLoop;
import org.securechat.benchmarks.http.Stock;
import org.securechat.benchmarks.http.Target;
import org.securechat.benchmarks.measure.Contender;
import org.securechat.benchmarks.measure.Slice;

/** A scenario as a contender: signs the requests of each turn before it begins. */
public final class LoadedScenario implements Contender {
  /** Of each connection, where requests may be sent again. */
  private static final int REPEATED = 16;

  /** Of what the last turn took; one connection may be faster than the others. */
  private static final double MARGIN = 1.5;

  private static final double FIRST_GUESS = 10_000;

  /** Half a gigabyte, with messages of 2 KiB; a turn that uses them up ends early. */
  private static final double MOST = 150_000;

  private final Scenario scenario;
  private final Target target;
  private double rate = FIRST_GUESS;
  private int first;

  /** For a scenario that is prepared. */
  public LoadedScenario(Scenario scenario, Target target) {
    this.scenario = scenario;
    this.target = target;
  }

  @Override
  public String name() {
    return scenario.name();
  }

  @Override
  public Slice run(int connections, Duration length) {
    int count =
        scenario.repeats()
            ? REPEATED
            : (int)
                Math.ceil(Math.min(MOST, rate * MARGIN * length.toMillis() / 1000) / connections);
    Stock stock = Stock.make(scenario::request, connections, first, count, scenario.repeats());
    first += count;
    try {
      Slice slice = ClosedLoop.run(target, stock, scenario.expectedStatus(), length);
      rate = slice.rate();
      return slice;
    } catch (IOException e) {
      throw new UncheckedIOException(name() + ": " + e.getMessage(), e);
    }
  }
}
