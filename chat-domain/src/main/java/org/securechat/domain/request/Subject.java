package org.securechat.domain.request;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.UserId;

/**
 * Whose request it is: the user, or the key before there is a user. Immutable; two subjects are
 * equal if they stand for the same.
 */
public final class Subject {
  private final byte[] bytes;

  private Subject(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Subject of(UserId user) {
    return new Subject(ByteBuffer.allocate(Long.BYTES).putLong(user.value()).array());
  }

  public static Subject of(IdentityKey key) {
    return new Subject(key.toByteArray());
  }

  /** 8 bytes for a user, 32 for a key, so that one is never taken for the other. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Subject that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Subject[" + HexFormat.of().formatHex(bytes) + "]";
  }
}
