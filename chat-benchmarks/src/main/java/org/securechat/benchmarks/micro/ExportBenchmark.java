package org.securechat.benchmarks.micro;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.securechat.protocol.export.ExportRefusedException;
import org.securechat.protocol.export.ExportVerifier;
import org.securechat.protocol.export.VerifiedExport;

/** Verifying an exported conversation, and the check of its signatures alone; by one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class ExportBenchmark {
  private static final int MESSAGES = 10_000;

  @Param({"false", "true"})
  public boolean keys;

  private ExportedConversation conversation;

  @Setup
  public void make() throws IOException, GeneralSecurityException {
    conversation = ExportedConversation.of(MESSAGES, keys);
  }

  /** A whole file; with the keys, the texts are opened, too. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public VerifiedExport verify() throws IOException, ExportRefusedException {
    return ExportVerifier.verify(
        conversation.open(), ExportedConversation.SIGNATURES, (entry, key) -> {});
  }

  /** What an entry takes at least. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void checkSignatures() throws GeneralSecurityException {
    for (ExportedConversation.Check check : conversation.checks()) {
      check.run();
    }
  }
}
