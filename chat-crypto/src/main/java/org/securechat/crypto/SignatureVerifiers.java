package org.securechat.crypto;

import java.security.Provider;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.securechat.domain.identity.SignatureVerifier;

/**
 * Chooses the fastest signature verifier that works on this machine: Amazon Corretto Crypto
 * Provider where its jar is on the class path and passes a self-test, Bouncy Castle otherwise.
 */
public final class SignatureVerifiers {
  private static final String CORRETTO =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private SignatureVerifiers() {}

  /**
   * A verifier and where it comes from.
   *
   * @param verifier passed the self-test just now
   * @param name for the log: the library, and why it is not a faster one
   */
  public record Choice(SignatureVerifier verifier, String name) {}

  /** Tries the candidates, which takes some milliseconds. Registers no provider. */
  public static Choice fastest() {
    return choose(SignatureVerifiers::corretto);
  }

  static Choice choose(Supplier<Optional<Provider>> candidate) {
    try {
      return candidate
          .get()
          .map(SignatureVerifiers::tested)
          .orElseGet(() -> bouncyCastle("no Corretto provider on the class path"));
    } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
      return bouncyCastle("the Corretto provider does not work here: " + e);
    }
  }

  private static Choice tested(Provider provider) {
    SignatureVerifier verifier = new JcaSignatureVerifier(provider);
    return SignatureSelfTest.passes(verifier)
        ? new Choice(verifier, provider.getName() + " " + provider.getVersionStr())
        : bouncyCastle(provider.getName() + " failed the self-test");
  }

  private static Choice bouncyCastle(String reason) {
    return new Choice(new BouncyCastleSignatureVerifier(), "Bouncy Castle (" + reason + ")");
  }

  /**
   * Found by name, so that this module compiles and runs without the jar, which exists for some
   * platforms only. The other providers that are found on the way are not instantiated.
   */
  static Optional<Provider> corretto() {
    return ServiceLoader.load(Provider.class, SignatureVerifiers.class.getClassLoader()).stream()
        .filter(found -> found.type().getName().equals(CORRETTO))
        .findFirst()
        .map(ServiceLoader.Provider::get);
  }
}
