package org.securechat.benchmarks.alone;

import java.security.SignatureException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.securechat.benchmarks.measure.Contender;
import org.securechat.benchmarks.measure.Slice;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.protocol.key.IdentityKeyPair;

/** The strict signature check of an envelope's digest, on all processors and without waiting. */
public final class CheckAlone implements Contender {
  private static final int SIGNERS = 64;

  private final SignatureVerifier verifier;
  private final List<Signed> signed = Stream.generate(Signed::make).limit(SIGNERS).toList();

  /** A digest that somebody signed. */
  private record Signed(IdentityKeyPair signer, Sha256 digest, Signature signature) {

    static Signed make() {
      IdentityKeyPair signer = IdentityKeyPair.generate(new SystemRandomSource());
      Sha256 digest = Sha256.of(signer.publicKey().toByteArray());
      return new Signed(signer, digest, signer.signEnvelope(digest));
    }
  }

  public CheckAlone(SignatureVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public String name() {
    return "check";
  }

  /** However many connections: a check occupies a processor. */
  @Override
  public Slice run(int connections, Duration length) {
    int processors = Runtime.getRuntime().availableProcessors();
    return Crowd.run(
        processors, Thread.ofPlatform().name("check-", 0).factory(), length, member -> check());
  }

  private void check() {
    Signed one = signed.get(ThreadLocalRandom.current().nextInt(SIGNERS));
    try {
      verifier.verify(one.signer.publicKey(), one.digest.toByteArray(), one.signature);
    } catch (SignatureException e) {
      throw new IllegalStateException("A good signature does not verify", e);
    }
  }
}
