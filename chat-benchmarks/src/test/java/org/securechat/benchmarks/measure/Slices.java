package org.securechat.benchmarks.measure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Slices of a second, for tests. */
public final class Slices {
  private Slices() {}

  /** So many answers in a second, each after a millisecond. */
  public static Slice of(int answers, Duration generator, Optional<Duration> server) {
    Latencies latencies = new Latencies();
    for (int i = 0; i < answers; i++) {
      latencies.add(1_000_000);
    }
    return new Slice(latencies, 0, Duration.ofSeconds(1), generator, server);
  }

  /** One round for each rate, in answers a second, without a server. */
  public static List<Slice> ofRates(int... rates) {
    return Arrays.stream(rates)
        .mapToObj(rate -> of(rate, Duration.ofMillis(100), Optional.empty()))
        .toList();
  }
}
