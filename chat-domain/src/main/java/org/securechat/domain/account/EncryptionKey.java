package org.securechat.domain.account;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * A user's public key for receiving conversation keys: X-Wing (ML-KEM-768 with X25519), {@value
 * #LENGTH} bytes, with the identity key's signature over it. Opaque to the server but for that
 * signature. Immutable.
 */
public final class EncryptionKey {
  public static final int LENGTH = 1216;

  private final byte[] bytes;
  private final Signature signature;

  private EncryptionKey(byte[] bytes, Signature signature) {
    this.bytes = bytes;
    this.signature = signature;
  }

  /**
   * Reads the key's bytes from base64.
   *
   * @throws InvalidValueException unless there are {@value #LENGTH} bytes
   */
  public static byte[] parse(String base64) {
    return requireLength(Base64Text.decode(base64));
  }

  /**
   * Puts the two together; whether the signature verifies is not looked at.
   *
   * @throws InvalidValueException unless there are {@value #LENGTH} bytes
   */
  public static EncryptionKey of(byte[] bytes, Signature signature) {
    return new EncryptionKey(requireLength(bytes).clone(), signature);
  }

  private static byte[] requireLength(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new InvalidValueException("Encryption key must have %d bytes".formatted(LENGTH));
    }
    return bytes;
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  public Signature signature() {
    return signature;
  }

  /** Whether it is the same key, whatever the signature: a key has many that verify. */
  public boolean hasSameBytes(EncryptionKey other) {
    return Arrays.equals(bytes, other.bytes);
  }

  /**
   * The text that the identity key signs: a first line of its own, then the key's digest in hex.
   */
  public byte[] signedText() {
    return ("secure-chat/v1/encryption-key\n" + Sha256.of(bytes).toHex() + "\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptionKey that
        && Arrays.equals(bytes, that.bytes)
        && signature.equals(that.signature);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "EncryptionKey[" + Sha256.of(bytes).toHex() + "]";
  }
}
