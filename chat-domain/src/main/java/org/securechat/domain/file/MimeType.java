package org.securechat.domain.file;

import java.util.regex.Pattern;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * What kind of file an uploader says it is: 1 to 100 visible ASCII characters or spaces. Never used
 * to answer with.
 */
public record MimeType(String value) {
  public static final int MAX_LENGTH = 100;

  private static final Pattern SHAPE = Pattern.compile("[\\x20-\\x7e]{1," + MAX_LENGTH + "}");

  public MimeType {
    if (!SHAPE.matcher(value).matches()) {
      throw new InvalidValueException("Media type must be 1 to 100 ASCII characters");
    }
  }
}
