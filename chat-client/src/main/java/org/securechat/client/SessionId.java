package org.securechat.client;

import java.util.regex.Pattern;
import org.securechat.domain.rejection.InvalidValueException;

/** Names a session; no secret. */
public record SessionId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  public SessionId {
    if (!SHAPE.matcher(value).matches()) {
      throw new InvalidValueException("A session id has 1 to 128 letters, digits, '_' or '-'");
    }
  }
}
