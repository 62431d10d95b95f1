package org.securechat.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final double DIGITS = 0.001;

  private final Latencies latencies = new Latencies();

  @Test
  void millis_oneToAThousand_areExactToThreeDigits() {
    for (int i = 1; i <= 1000; i++) {
      latencies.add(TimeUnit.MILLISECONDS.toNanos(i));
    }

    assertEquals(1000, latencies.count());
    assertEquals(500, latencies.millis(50), 500 * DIGITS);
    assertEquals(990, latencies.millis(99), 990 * DIGITS);
    assertEquals(1000, latencies.millis(100), 1000 * DIGITS);
  }

  @Test
  void add_longerThanAMinute_countsAsOne() {
    latencies.add(TimeUnit.MINUTES.toNanos(1) / 2);
    latencies.add(TimeUnit.HOURS.toNanos(1));

    assertEquals(2, latencies.count());
    assertEquals(30_000, latencies.millis(50), 30_000 * DIGITS);
    assertEquals(60_000, latencies.millis(100), 60_000 * DIGITS);
  }

  @Test
  void addAll_ofAnother_keepsBoth() {
    Latencies others = new Latencies();
    latencies.add(TimeUnit.MILLISECONDS.toNanos(1));
    others.add(TimeUnit.MILLISECONDS.toNanos(3));
    others.add(TimeUnit.MILLISECONDS.toNanos(3));

    latencies.addAll(others);

    assertEquals(3, latencies.count());
    assertEquals(1, latencies.millis(33), DIGITS);
    assertEquals(3, latencies.millis(34), 3 * DIGITS);
  }

  @Test
  void millis_ofNone_isZero() {
    assertEquals(0, latencies.millis(99));
  }
}
