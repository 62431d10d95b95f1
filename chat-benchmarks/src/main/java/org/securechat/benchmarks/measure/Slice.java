package org.securechat.benchmarks.measure;

import java.time.Duration;
import java.util.Optional;

/**
 * What one contender did in its turn of one round.
 *
 * @param latencies of everything that was answered, refusals included
 * @param refused how many answers were not the expected one
 * @param elapsed from the first request to the last answer
 * @param generatorTime processor time of this process
 * @param serverTime processor time of the server's process; empty where there is none
 */
public record Slice(
    Latencies latencies,
    long refused,
    Duration elapsed,
    Duration generatorTime,
    Optional<Duration> serverTime) {

  /** Answers a second. */
  public double rate() {
    return latencies.count() * 1e9 / elapsed.toNanos();
  }
}
