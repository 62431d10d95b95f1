package org.securechat.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;
import org.securechat.benchmarks.alone.SmallestChange;
import org.securechat.benchmarks.process.Workplace;
import org.securechat.benchmarks.prototype.BareAppends;
import org.securechat.benchmarks.prototype.BareSendScenario;
import org.securechat.persistence.JdbiChat;
import org.securechat.persistence.SqliteSettings;

/**
 * Durable writes of 64 callers at a time on SQLite: rows of 2 KiB by the bare prototype's group
 * commit, and the smallest change by the product's.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@Threads(64)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class GroupCommitBenchmark {
  private final byte[] row = new byte[BareSendScenario.MESSAGE_BYTES];
  private Workplace workplace;
  private BareAppends bare;
  private JdbiChat product;
  private SmallestChange change;

  @Setup(Level.Trial)
  public void open() throws IOException, SQLException {
    workplace = Workplace.create(Path.of("chat-benchmarks", "target"));
    bare = BareAppends.create(workplace.resolve("bare.db"));
    product =
        JdbiChat.openSqlite(SqliteSettings.of(workplace.resolve("product.db")), Clock.systemUTC());
    change = new SmallestChange(product.stores().attempts());
  }

  @TearDown(Level.Trial)
  public void close() throws IOException, SQLException {
    product.close();
    bare.close();
    workplace.close();
  }

  @Benchmark
  public void appendByPrototype() {
    bare.append(1, row);
  }

  @Benchmark
  public void smallestChangeByProduct(ThreadParams thread) {
    change.write(thread.getThreadIndex());
  }
}
