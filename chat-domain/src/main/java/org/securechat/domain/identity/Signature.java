package org.securechat.domain.identity;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * An Ed25519 signature, {@value #LENGTH} bytes: R followed by S (RFC 8032, section 5.1.6). Says
 * nothing about whether it verifies. Immutable.
 */
public final class Signature {
  public static final int LENGTH = 64;

  private final byte[] bytes;

  private Signature(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes the bytes of a signature.
   *
   * @throws InvalidValueException unless there are {@value #LENGTH} bytes
   */
  public static Signature copyOf(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new InvalidValueException("A signature has 64 bytes, not " + bytes.length);
    }
    return new Signature(bytes.clone());
  }

  /** Reads 128 hex digits of either case; empty for any other text. */
  public static Optional<Signature> parseHex(String hex) {
    if (hex.length() != 2 * LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Signature(HexFormat.of().parseHex(hex)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** 128 hex digits in lower case. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Signature that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Signature[" + toHex() + "]";
  }
}
