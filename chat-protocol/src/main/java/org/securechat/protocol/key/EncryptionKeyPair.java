package org.securechat.protocol.key;

import org.bouncycastle.pqc.crypto.xwing.XWingPrivateKeyParameters;

/**
 * The pair that conversation keys are encrypted with: X-Wing (ML-KEM-768 with X25519,
 * draft-connolly-cfrg-xwing-kem-06). The private key is its 32-byte decapsulation seed, which
 * follows from the identity's: HPKE's own derivation is not used, because libraries differ about
 * it.
 */
public final class EncryptionKeyPair {
  private final XWingPrivateKeyParameters privateKey;

  EncryptionKeyPair(byte[] seed) {
    this.privateKey = new XWingPrivateKeyParameters(seed);
  }

  public EncryptionKey publicKey() {
    return EncryptionKey.copyOf(privateKey.getPublicKeyParameters().getEncoded());
  }

  XWingPrivateKeyParameters privateKey() {
    return privateKey;
  }

  /** The public half's digest alone. */
  @Override
  public String toString() {
    return "EncryptionKeyPair[" + publicKey() + "]";
  }
}
