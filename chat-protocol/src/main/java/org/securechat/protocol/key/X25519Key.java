package org.securechat.protocol.key;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The X25519 key (RFC 7748) that follows from an identity key: how a person is reached who
 * published no encryption key.
 */
public final class X25519Key implements RecipientKey {
  static final int LENGTH = 32;

  private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  private final byte[] bytes;

  private X25519Key(byte[] bytes) {
    this.bytes = bytes;
  }

  static X25519Key copyOf(byte[] bytes) {
    return new X25519Key(bytes.clone());
  }

  /**
   * The birational map u = (1 + y) / (1 − y) (RFC 7748, section 4.1).
   *
   * @throws InvalidValueException if the identity key is not sound
   */
  public static X25519Key of(IdentityKey identity) {
    byte[] littleEndian = SoundKey.require(identity).toByteArray();
    littleEndian[LENGTH - 1] &= 0x7f;
    BigInteger y = new BigInteger(1, reversed(littleEndian));
    // A sound key is not the neutral element, so 1 − y has an inverse.
    BigInteger u =
        BigInteger.ONE.add(y).multiply(BigInteger.ONE.subtract(y).modInverse(PRIME)).mod(PRIME);
    return new X25519Key(littleEndian(u));
  }

  @Override
  public byte[] toByteArray() {
    return bytes.clone();
  }

  private static byte[] littleEndian(BigInteger number) {
    byte[] bigEndian = number.toByteArray();
    byte[] bytes = new byte[LENGTH];
    for (int i = 0; i < Math.min(LENGTH, bigEndian.length); i++) {
      bytes[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return bytes;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof X25519Key that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The key in hex; it is public. */
  @Override
  public String toString() {
    return "X25519Key[" + HexFormat.of().formatHex(bytes) + "]";
  }
}
