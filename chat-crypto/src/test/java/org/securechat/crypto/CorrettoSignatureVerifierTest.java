package org.securechat.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.Provider;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.testkit.contract.SignatureVerifierContract;

/** {@link JcaSignatureVerifier} on Amazon Corretto Crypto Provider, where its library loads. */
class CorrettoSignatureVerifierTest implements SignatureVerifierContract, StrictEd25519Tests {
  private static final Optional<Provider> CORRETTO = SignatureVerifiers.corretto();

  @BeforeEach
  void requireCorretto() {
    assumeTrue(
        CORRETTO.map(provider -> provider.getService("Signature", "Ed25519")).isPresent(),
        "Amazon Corretto Crypto Provider does not load on this platform");
  }

  @Override
  public SignatureVerifier verifier() {
    return new JcaSignatureVerifier(CORRETTO.orElseThrow());
  }

  @Test
  void fastest_correttoLoads_isCorretto() {
    Provider corretto = CORRETTO.orElseThrow();

    assertEquals(
        corretto.getName() + " " + corretto.getVersionStr(), SignatureVerifiers.fastest().name());
  }
}
