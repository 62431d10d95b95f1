package org.securechat.benchmarks.measure;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Tells JMH the processor time of an operation, all threads of the process together: on a machine
 * that does other things at the same time, that is what can be compared. JMH makes it by its name.
 */
public final class ProcessorTimeProfiler implements InternalProfiler {
  private static final double NANOS_PER_MICRO = 1_000;

  private Duration before = Duration.ZERO;

  @Override
  public String getDescription() {
    return "Processor time of an operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = ProcessorTime.own();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double micros = ProcessorTime.own().minus(before).toNanos() / NANOS_PER_MICRO;
    return List.of(
        new ScalarResult(
            "processor",
            micros / result.getMetadata().getAllOps(),
            "us/op",
            AggregationPolicy.AVG));
  }
}
