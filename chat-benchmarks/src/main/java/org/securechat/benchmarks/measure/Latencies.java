package org.securechat.benchmarks.measure;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long requests took, exact to three digits, up to a minute; what took longer counts as one.
 * For one thread at a time.
 */
public final class Latencies {
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
  private static final int DIGITS = 3;

  private final Histogram nanos = new Histogram(LONGEST, DIGITS);

  /** Adds one that took so many nanoseconds. */
  public void add(long taken) {
    nanos.recordValue(Math.min(taken, LONGEST));
  }

  /** Adds all of another's. */
  public void addAll(Latencies others) {
    nanos.add(others.nanos);
  }

  /** How many there are. */
  public long count() {
    return nanos.getTotalCount();
  }

  /**
   * The milliseconds within which so many of a hundred were done; 0 if there are none.
   *
   * @param percent from 0 to 100
   */
  public double millis(double percent) {
    return nanos.getValueAtPercentile(percent) / 1e6;
  }
}
