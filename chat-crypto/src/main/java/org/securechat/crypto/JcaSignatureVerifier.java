package org.securechat.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.SignatureVerifier;

/**
 * Strict Ed25519 (RFC 8032) on a provider of the Java Cryptography Architecture that compares R
 * with [S]B − [k]A as it stands, without multiplying by the cofactor; what else providers differ
 * about is checked here. Keeps the last few public keys that it has decoded, never whether
 * something verified. Safe for use by many threads.
 */
public final class JcaSignatureVerifier implements SignatureVerifier {
  private static final String ALGORITHM = "Ed25519";
  private static final int SLOTS = 64;

  private final Provider provider;

  /** By hash; a key takes the place of another one with the same. */
  private final AtomicReferenceArray<@Nullable Decoded> decoded = new AtomicReferenceArray<>(SLOTS);

  private final SignatureVerifier keys = new BouncyCastleSignatureVerifier();

  /**
   * Takes the provider as an object; it need not be registered.
   *
   * @throws IllegalArgumentException if it has no Ed25519
   */
  public JcaSignatureVerifier(Provider provider) {
    if (provider.getService("Signature", ALGORITHM) == null) {
      throw new IllegalArgumentException(provider.getName() + " has no Ed25519");
    }
    this.provider = provider;
  }

  @Override
  public void verify(
      IdentityKey key, byte[] message, org.securechat.domain.identity.Signature signature)
      throws SignatureException {
    byte[] bytes = signature.toByteArray();
    if (!StrictSignatureForm.holdsFor(bytes) || !verifies(key, message, bytes)) {
      throw new SignatureException("Signature does not verify");
    }
  }

  private boolean verifies(IdentityKey key, byte[] message, byte[] signature) {
    try {
      Signature verification = Signature.getInstance(ALGORITHM, provider);
      verification.initVerify(toPublicKey(key));
      verification.update(message);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** By the platform's factory: Corretto's provider has none, and takes any key that is encoded. */
  private PublicKey toPublicKey(IdentityKey key) throws GeneralSecurityException {
    int slot = Math.floorMod(key.hashCode(), SLOTS);
    Decoded known = decoded.get(slot);
    if (known == null || !known.key().equals(key)) {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      known = new Decoded(key, factory.generatePublic(new X509EncodedKeySpec(key.toSpki())));
      decoded.set(slot, known);
    }
    return known.publicKey();
  }

  @Override
  public boolean isSound(IdentityKey key) {
    return keys.isSound(key);
  }

  private record Decoded(IdentityKey key, PublicKey publicKey) {}
}
