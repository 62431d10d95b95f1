package org.securechat.benchmarks.micro;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
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
import org.securechat.benchmarks.prototype.BareSendScenario;
import org.securechat.benchmarks.scenario.Signer;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.request.RequestLine;
import org.securechat.domain.request.SignedRequest;
import org.securechat.http.json.EnvelopeReader;
import org.securechat.http.json.SignedBody;

/** What it takes to read the envelope of a message of 2 KiB, and to get at what was signed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class EnvelopeBenchmark {
  private static final RequestLine LINE = new RequestLine("POST", "/api/messages");

  private final byte[] body =
      new Signer(Clock.systemUTC())
          .envelope(
              LINE.target(),
              "\"ciphertext\":\""
                  + Base64Text.encode(new byte[BareSendScenario.MESSAGE_BYTES])
                  + "\"")
          .getBytes(StandardCharsets.UTF_8);

  @Benchmark
  public SignedBody read() {
    return EnvelopeReader.read(body, 0, body.length);
  }

  @Benchmark
  public SignedRequest readAndDigest() {
    return SignedRequest.of(EnvelopeReader.read(body, 0, body.length).envelope(), LINE);
  }
}
