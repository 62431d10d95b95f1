package org.securechat.domain.credential;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * What a client sends instead of the password: the result of its own key derivation. To this server
 * it is the password, so it is never stored, logged or printed.
 */
public final class PasswordHash {
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final Pattern PHC = Pattern.compile("\\$argon2id\\$[!-~]{1,246}");

  private final String text;

  private PasswordHash(String text) {
    this.text = text;
  }

  /**
   * Reads one that is to be kept: 64 hex digits, or a PHC string of Argon2id with at most 256
   * characters.
   */
  public static PasswordHash parse(String text) {
    if (!HEX.matcher(text).matches() && !PHC.matcher(text).matches()) {
      throw new InvalidValueException(
          "Password hash must be 64 hex digits or an Argon2id PHC string of at most 256"
              + " characters");
    }
    return new PasswordHash(text);
  }

  /** Takes one that is to be compared: any text; what could not have been kept does not match. */
  public static PasswordHash presented(String text) {
    return new PasswordHash(text);
  }

  /** The text in UTF-8, for the {@link PasswordHasher} alone. */
  public byte[] secretBytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "PasswordHash[secret]";
  }
}
