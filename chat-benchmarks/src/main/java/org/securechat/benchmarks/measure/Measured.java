package org.securechat.benchmarks.measure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * All rounds of one contender at one number of connections.
 *
 * @param slices one a round, at least one
 */
public record Measured(String contender, int connections, List<Slice> slices) {

  public Measured {
    slices = List.copyOf(slices);
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("There is at least one round");
    }
  }

  /** The rate of each round, in answers a second. */
  public List<Double> rates() {
    return slices.stream().map(Slice::rate).toList();
  }

  /** The median of the rounds' rates. */
  public double rate() {
    return Medians.of(rates());
  }

  /** Percentiles over all rounds together. */
  public double millis(double percent) {
    Latencies all = new Latencies();
    slices.forEach(slice -> all.addAll(slice.latencies()));
    return all.millis(percent);
  }

  /** Answers of all rounds that were not the expected one. */
  public long refused() {
    return slices.stream().mapToLong(Slice::refused).sum();
  }

  /** This process's part of the processor time of both; empty where there is no other. */
  public OptionalDouble generatorShare() {
    Optional<Duration> server = serverTime();
    if (server.isEmpty()) {
      return OptionalDouble.empty();
    }
    double own = sum(Slice::generatorTime).toNanos();
    return OptionalDouble.of(own / (own + server.get().toNanos()));
  }

  /** The server's processor time for an answer, in microseconds; empty where there is no server. */
  public OptionalDouble serverMicros() {
    long answers = slices.stream().mapToLong(slice -> slice.latencies().count()).sum();
    return serverTime()
        .map(time -> OptionalDouble.of(time.toNanos() / 1e3 / answers))
        .orElseGet(OptionalDouble::empty);
  }

  private Optional<Duration> serverTime() {
    return slices.stream().allMatch(slice -> slice.serverTime().isPresent())
        ? Optional.of(sum(slice -> slice.serverTime().orElseThrow()))
        : Optional.empty();
  }

  private Duration sum(Function<Slice, Duration> time) {
    return slices.stream().map(time).reduce(Duration.ZERO, Duration::plus);
  }
}
