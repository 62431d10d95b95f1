package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.InvalidValueException;

/** A public X-Wing key, {@value #LENGTH} bytes. Says nothing about whose it is. */
public final class EncryptionKey implements RecipientKey {
  public static final int LENGTH = 1216;

  private static final String LABEL = "secure-chat/v1/encryption-key\n";

  private final byte[] bytes;

  private EncryptionKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes the key's bytes.
   *
   * @throws InvalidValueException unless there are {@value #LENGTH}
   */
  public static EncryptionKey copyOf(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new InvalidValueException("An encryption key has 1216 bytes, not " + bytes.length);
    }
    return new EncryptionKey(bytes.clone());
  }

  @Override
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** What its owner's identity key signs. */
  byte[] signedText() {
    return (LABEL + Sha256.of(bytes).toHex() + "\n").getBytes(US_ASCII);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptionKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The digest; the key is public, but long. */
  @Override
  public String toString() {
    return "EncryptionKey[" + Sha256.of(bytes).toHex() + "]";
  }
}
