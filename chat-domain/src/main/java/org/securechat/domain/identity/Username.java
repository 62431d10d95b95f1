package org.securechat.domain.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The name a user is known by: 1 to 24 of {@code A-Z a-z 0-9 _ . -}, but not {@code .} or {@code
 * ..}, which a URL could not carry. Kept as written; unique by its {@link #canonical()} form.
 */
public record Username(String value) {
  public static final int MAX_LENGTH = 24;

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_.-]{1," + MAX_LENGTH + "}");

  public Username {
    if (!SHAPE.matcher(value).matches() || value.equals(".") || value.equals("..")) {
      throw new InvalidValueException(
          "Username must be 1 to %d letters, digits, '_', '.' or '-'".formatted(MAX_LENGTH));
    }
  }

  /** The spelling that names are compared and looked up by. */
  public String canonical() {
    return value.toLowerCase(Locale.ROOT);
  }
}
