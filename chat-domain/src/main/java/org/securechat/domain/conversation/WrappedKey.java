package org.securechat.domain.conversation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * A conversation key that one member can unwrap: 1 to {@value #MAX_LENGTH} bytes, opaque to the
 * server. Immutable.
 */
public final class WrappedKey {
  /** Bytes of the largest that any deployment lets through; most stop before. */
  public static final int MAX_LENGTH = 16 * 1024;

  private final byte[] bytes;

  private WrappedKey(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > MAX_LENGTH) {
      throw new InvalidValueException("A wrapped key has 1 to " + MAX_LENGTH + " bytes");
    }
    this.bytes = bytes;
  }

  /**
   * Reads base64.
   *
   * @throws InvalidValueException for any other text or length
   */
  public static WrappedKey parse(String base64) {
    return new WrappedKey(Base64Text.decode(base64));
  }

  /**
   * Takes the bytes.
   *
   * @throws InvalidValueException unless there are 1 to {@value #MAX_LENGTH}
   */
  public static WrappedKey copyOf(byte[] bytes) {
    return new WrappedKey(bytes.clone());
  }

  /** How many bytes. */
  int length() {
    return bytes.length;
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WrappedKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "WrappedKey[" + bytes.length + " bytes]";
  }
}
