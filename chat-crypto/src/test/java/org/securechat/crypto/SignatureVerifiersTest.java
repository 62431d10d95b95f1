package org.securechat.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureSpi;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.securechat.crypto.SignatureVerifiers.Choice;

class SignatureVerifiersTest {

  @Test
  void fastest_thisMachine_registersNoProvider() {
    SignatureVerifiers.fastest();

    assertNull(Security.getProvider("AmazonCorrettoCryptoProvider"));
  }

  @Test
  void choose_soundProvider_isTakenAndNamed() {
    Provider platform = Security.getProviders("Signature.Ed25519")[0];

    Choice choice = SignatureVerifiers.choose(() -> Optional.of(platform));

    assertInstanceOf(JcaSignatureVerifier.class, choice.verifier());
    assertEquals(platform.getName() + " " + platform.getVersionStr(), choice.name());
  }

  @Test
  void choose_noProvider_fallsBack() {
    assertFallsBack(Optional::empty, "no Corretto provider on the class path");
  }

  @Test
  void choose_providerThatAcceptsEverything_fallsBack() {
    assertFallsBack(() -> Optional.of(new Gullible()), "Gullible failed the self-test");
  }

  @Test
  void choose_providerWithoutEd25519_fallsBack() {
    assertFallsBack(
        () -> Optional.of(new Empty()),
        "the Corretto provider does not work here:"
            + " java.lang.IllegalArgumentException: Empty has no Ed25519");
  }

  @Test
  void choose_libraryDoesNotLink_fallsBack() {
    assertFallsBack(
        () -> {
          throw new UnsatisfiedLinkError("no such library");
        },
        "the Corretto provider does not work here:"
            + " java.lang.UnsatisfiedLinkError: no such library");
  }

  @Test
  void choose_brokenServiceFile_fallsBack() {
    assertFallsBack(
        () -> {
          throw new ServiceConfigurationError("broken");
        },
        "the Corretto provider does not work here:"
            + " java.util.ServiceConfigurationError: broken");
  }

  private static void assertFallsBack(Supplier<Optional<Provider>> candidate, String reason) {
    Choice choice = SignatureVerifiers.choose(candidate);

    assertInstanceOf(BouncyCastleSignatureVerifier.class, choice.verifier());
    assertEquals("Bouncy Castle (" + reason + ")", choice.name());
  }

  private static final class Empty extends Provider {
    private Empty() {
      super("Empty", "1", "Has nothing");
    }
  }

  private static final class Gullible extends Provider {
    private Gullible() {
      super("Gullible", "1", "Accepts every signature");
      put("Signature.Ed25519", AcceptsEverything.class.getName());
    }
  }

  /** Public because the provider framework instantiates it. */
  public static final class AcceptsEverything extends SignatureSpi {
    @Override
    protected void engineInitVerify(PublicKey key) {}

    @Override
    protected void engineInitSign(PrivateKey key) {}

    @Override
    protected void engineUpdate(byte b) {}

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) {}

    @Override
    protected byte[] engineSign() {
      return new byte[0];
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return true;
    }

    @Deprecated
    @Override
    protected void engineSetParameter(String name, Object value) {}

    @Deprecated
    @Override
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException(name);
    }
  }
}
