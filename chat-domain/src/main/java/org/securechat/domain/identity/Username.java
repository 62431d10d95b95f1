package org.securechat.domain.identity;

import java.util.Locale;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The name a user is known by: 1 to 24 of {@code A-Z a-z 0-9 _ . -}, but not {@code .} or {@code
 * ..}, which a URL could not carry. Kept as written; unique by its {@link #canonical()} form.
 */
public record Username(String value) {
  public static final int MAX_LENGTH = 24;

  public Username {
    if (!hasShape(value) || value.equals(".") || value.equals("..")) {
      throw new InvalidValueException(
          "Username must be 1 to %d letters, digits, '_', '.' or '-'".formatted(MAX_LENGTH));
    }
  }

  /** Not by a regular expression: lists have many names, and it would take as long as the rest. */
  private static boolean hasShape(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!isAllowed(value.charAt(i))) {
        return false;
      }
    }
    return !value.isEmpty() && value.length() <= MAX_LENGTH;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '-';
  }

  /** The spelling that names are compared and looked up by. */
  public String canonical() {
    return value.toLowerCase(Locale.ROOT);
  }
}
