package org.securechat.protocol.key;

import org.bouncycastle.math.ec.rfc7748.X25519;

/** An identity's X25519 key pair (RFC 7748); the scalar is kept as it is and clamped in use. */
public final class X25519KeyPair {
  private final byte[] scalar;

  X25519KeyPair(byte[] scalar) {
    this.scalar = scalar;
  }

  /** The same as {@link X25519Key#of} of the identity's public key. */
  public X25519Key publicKey() {
    byte[] point = new byte[X25519Key.LENGTH];
    X25519.scalarMultBase(scalar, 0, point, 0);
    return X25519Key.copyOf(point);
  }

  /** The scalar's 32 bytes, in an array of their own. */
  public byte[] secretScalar() {
    return scalar.clone();
  }

  /** The public half alone. */
  @Override
  public String toString() {
    return "X25519KeyPair[" + publicKey() + "]";
  }
}
