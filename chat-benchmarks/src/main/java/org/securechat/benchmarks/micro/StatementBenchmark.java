package org.securechat.benchmarks.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;

/** Reading an epoch's statement, which every change of members needs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class StatementBenchmark {

  @Param({"2", "100", "1000"})
  public int members;

  private String text;

  @Setup
  public void write() {
    SystemRandomSource random = new SystemRandomSource();
    List<Member> lines =
        LongStream.rangeClosed(1, members)
            .mapToObj(user ->
                new Member(
                    new UserId(user),
                    user == 1 ? Role.ADMIN : Role.MEMBER,
                    IdentityKey.copyOf(random.bytes(IdentityKey.LENGTH)),
                    new Username("member" + user)))
            .toList();
    text =
        EpochStatement.of(
                GroupId.random(random),
                1,
                Seen.NOTHING.hash(),
                Sha256.of(),
                Seen.NOTHING,
                new UserId(1),
                lines)
            .text();
  }

  @Benchmark
  public EpochStatement parse() {
    return EpochStatement.parse(text);
  }
}
