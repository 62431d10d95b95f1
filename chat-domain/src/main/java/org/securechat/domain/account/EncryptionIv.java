package org.securechat.domain.account;

import java.util.Locale;
import java.util.regex.Pattern;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The IV that the private key was encrypted with.
 *
 * @param hex 24 or 32 hex digits (12 or 16 bytes); either case is taken, lower case is kept
 */
public record EncryptionIv(String hex) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-fA-F]{24}|[0-9a-fA-F]{32}");

  public EncryptionIv {
    if (!SHAPE.matcher(hex).matches()) {
      throw new InvalidValueException("Encryption IV must be 24 or 32 hex digits");
    }
    hex = hex.toLowerCase(Locale.ROOT);
  }
}
