package org.securechat.domain.identity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * An email address of at most 254 characters. Only its syntax is checked: one {@code @} with
 * something before and a dotted or single name behind it, no white space, no control characters.
 * Kept as written; unique by its {@link #canonical()} form.
 */
public record EmailAddress(String value) {
  public static final int MAX_LENGTH = 254;

  private static final Pattern SHAPE =
      Pattern.compile(
          "[^@\\s\\p{C}\\p{Z}\"(),:;<>\\[\\\\\\]]+@[\\p{L}\\p{M}\\p{N}-]+(\\.[\\p{L}\\p{M}\\p{N}-]+)*");

  public EmailAddress {
    if (value.length() > MAX_LENGTH || !SHAPE.matcher(value).matches()) {
      throw new InvalidValueException(
          "Email must be an address of at most %d characters".formatted(MAX_LENGTH));
    }
  }

  /**
   * The spelling that addresses are compared and looked up by: NFC, and without case. Upper before
   * lower, because some letters (the Greek final sigma) differ in lower case only.
   */
  public String canonical() {
    return Normalizer.normalize(
        Normalizer.normalize(value, Normalizer.Form.NFC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT),
        Normalizer.Form.NFC);
  }
}
