package org.securechat.domain.identity;

import java.util.Base64;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * Binary values as text: base64 in the standard alphabet (RFC 4648, section 4), padding optional on
 * input and always there on output.
 */
public final class Base64Text {
  private Base64Text() {}

  /**
   * Reads base64.
   *
   * @throws InvalidValueException for white space, another alphabet, wrong padding, or bits after
   *     the last byte (section 3.5), so that each value has one text
   */
  public static byte[] decode(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("Must be base64");
    }
    String canonical = encode(bytes);
    if (!canonical.equals(text) && !canonical.replace("=", "").equals(text)) {
      throw new InvalidValueException("Must be base64");
    }
    return bytes;
  }

  /** Writes base64 with padding. */
  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
