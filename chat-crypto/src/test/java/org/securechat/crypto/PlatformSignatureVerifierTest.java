package org.securechat.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.Provider;
import java.security.Security;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.testkit.contract.SignatureVerifierContract;

/** {@link JcaSignatureVerifier} on the provider that the platform itself uses for Ed25519. */
class PlatformSignatureVerifierTest implements SignatureVerifierContract, StrictEd25519Tests {

  @Override
  public SignatureVerifier verifier() {
    return new JcaSignatureVerifier(Security.getProviders("Signature.Ed25519")[0]);
  }

  @Test
  void constructor_providerWithoutEd25519_throws() {
    Provider sun = Security.getProvider("SUN");

    Exception e = assertThrows(IllegalArgumentException.class, () -> new JcaSignatureVerifier(sun));
    assertEquals("SUN has no Ed25519", e.getMessage());
  }
}
