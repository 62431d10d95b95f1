package org.securechat.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Seen;

/** One step of a conversation's running hash, which every append takes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class RunningHashBenchmark {
  private static final int ENTRY = 1_000_000;

  private final Seen before = new Seen(ENTRY - 1, Sha256.of());
  private final LogEntry entry =
      new LogEntry(
          ENTRY,
          EntryKind.MESSAGE,
          new UserId(4_503_599_627_370_497L),
          12,
          Sha256.of(new byte[1]),
          Signature.copyOf(new byte[Signature.LENGTH]));

  @Benchmark
  public Seen next() {
    return before.next(entry);
  }
}
