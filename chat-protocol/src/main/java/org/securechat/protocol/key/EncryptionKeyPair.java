package org.securechat.protocol.key;

import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;

/**
 * The pair that conversation keys are encrypted with: X-Wing (ML-KEM-768 with X25519,
 * draft-connolly-cfrg-xwing-kem-06). The private key is its 32-byte decapsulation seed, which
 * follows from the identity's: HPKE's own derivation is not used, because libraries differ about
 * it.
 */
public final class EncryptionKeyPair {
  private final byte[] seed;

  EncryptionKeyPair(byte[] seed) {
    this.seed = seed;
  }

  public EncryptionKey publicKey() {
    return EncryptionKey.copyOf(
        new XWingPrivateKeyParameters(seed).getPublicKeyParameters().getEncoded());
  }

  /** The decapsulation seed's 32 bytes, in an array of their own. */
  public byte[] secretSeed() {
    return seed.clone();
  }

  /** The public half's digest alone. */
  @Override
  public String toString() {
    return "EncryptionKeyPair[" + publicKey() + "]";
  }
}
