package org.securechat.domain.account;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * A user's private key as its client encrypted it: {@value #MIN_LENGTH} to {@value #MAX_LENGTH}
 * bytes that the server can't read, and that it seals once more, so that a thief of the database
 * can't guess passwords with it. Immutable.
 */
public final class EncryptedPrivateKey {
  public static final int MIN_LENGTH = 16;
  public static final int MAX_LENGTH = 4096;

  private final byte[] bytes;

  private EncryptedPrivateKey(byte[] bytes) {
    this.bytes = bytes;
  }

  public static EncryptedPrivateKey copyOf(byte[] bytes) {
    if (bytes.length < MIN_LENGTH || bytes.length > MAX_LENGTH) {
      throw new InvalidValueException(
          "Encrypted private key must have %d to %d bytes".formatted(MIN_LENGTH, MAX_LENGTH));
    }
    return new EncryptedPrivateKey(bytes.clone());
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptedPrivateKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "EncryptedPrivateKey[" + bytes.length + " bytes]";
  }
}
