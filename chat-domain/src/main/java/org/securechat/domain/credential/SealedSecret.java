package org.securechat.domain.credential;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A secret as it is stored: what {@link SecretBox#seal} gave. Immutable. */
public final class SealedSecret {
  private final byte[] bytes;

  private SealedSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  public static SealedSecret copyOf(byte[] bytes) {
    return new SealedSecret(bytes.clone());
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SealedSecret that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "SealedSecret[" + bytes.length + " bytes]";
  }
}
