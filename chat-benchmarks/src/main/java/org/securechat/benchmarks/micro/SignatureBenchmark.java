package org.securechat.benchmarks.micro;

import java.security.SignatureException;
import java.util.concurrent.TimeUnit;
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
import org.securechat.crypto.BouncyCastleSignatureVerifier;
import org.securechat.crypto.SignatureVerifiers;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.protocol.key.IdentityKeyPair;

/** The strict check of an envelope's signature, by each verifier that a server may choose. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class SignatureBenchmark {

  /** The fastest of this machine, or what every machine has. */
  public enum Choice {
    FASTEST,
    BOUNCY_CASTLE
  }

  @Param public Choice verifier;

  private final IdentityKeyPair signer = IdentityKeyPair.generate(new SystemRandomSource());
  private final Sha256 digest = Sha256.of(new byte[2048]);
  private final Signature signature = signer.signEnvelope(digest);
  private SignatureVerifier chosen;

  @Setup
  public void choose() {
    if (verifier == Choice.BOUNCY_CASTLE) {
      chosen = new BouncyCastleSignatureVerifier();
      return;
    }
    SignatureVerifiers.Choice fastest = SignatureVerifiers.fastest();
    chosen = fastest.verifier();
    System.out.println("The fastest is " + fastest.name());
  }

  @Benchmark
  public void verify() throws SignatureException {
    chosen.verify(signer.publicKey(), digest.toByteArray(), signature);
  }
}
