package org.securechat.domain.file;

import org.securechat.domain.rejection.InvalidValueException;

/**
 * What an uploader calls a file: 1 to 255 characters, none of them a control character. Clients
 * that follow the protocol call it {@code file} and tell the true name to the members only.
 */
public record FileName(String value) {
  /** Unicode code points. */
  public static final int MAX_LENGTH = 255;

  public FileName {
    int length = value.codePointCount(0, value.length());
    if (length == 0
        || length > MAX_LENGTH
        || value.codePoints().anyMatch(Character::isISOControl)) {
      throw new InvalidValueException(
          "File name must be 1 to 255 characters, without control characters");
    }
  }
}
