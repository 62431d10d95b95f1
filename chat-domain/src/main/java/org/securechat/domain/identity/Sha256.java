package org.securechat.domain.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.InvalidValueException;

/** A SHA-256 digest (FIPS 180-4), {@value #LENGTH} bytes. Immutable. */
public final class Sha256 {
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Sha256(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Digests the parts one after the other, with nothing between them. */
  public static Sha256 of(byte[]... parts) {
    MessageDigest digest = newDigest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return new Sha256(digest.digest());
  }

  /**
   * Takes a digest that was made before.
   *
   * @throws InvalidValueException unless there are {@value #LENGTH} bytes
   */
  public static Sha256 copyOf(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new InvalidValueException("A SHA-256 digest has 32 bytes, not " + bytes.length);
    }
    return new Sha256(bytes.clone());
  }

  /** Reads 64 hex digits of either case; empty for any other text. */
  public static Optional<Sha256> parseHex(String hex) {
    if (hex.length() != 2 * LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Sha256(HexFormat.of().parseHex(hex)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A computation that takes its bytes piece by piece; {@link #copyOf} takes its result. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** 64 hex digits in lower case. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sha256 that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Sha256[" + toHex() + "]";
  }
}
