package org.securechat.http.call;

import java.util.HexFormat;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.InvalidValueException;

/** Binary values as hex digits of either case. */
public final class HexText {
  private HexText() {}

  /**
   * Reads so many bytes.
   *
   * @throws InvalidValueException for any other text
   */
  public static byte[] bytes(String hex, int length) {
    if (hex.length() == 2 * length) {
      try {
        return HexFormat.of().parseHex(hex);
      } catch (IllegalArgumentException e) {
        // Told below.
      }
    }
    throw new InvalidValueException("Must be " + 2 * length + " hex digits");
  }

  /**
   * Reads a signature.
   *
   * @throws InvalidValueException for any other text
   */
  public static Signature signature(String hex) {
    return Signature.copyOf(bytes(hex, Signature.LENGTH));
  }

  /**
   * Reads a hash.
   *
   * @throws InvalidValueException for any other text
   */
  public static Sha256 sha256(String hex) {
    return Sha256.copyOf(bytes(hex, Sha256.LENGTH));
  }
}
