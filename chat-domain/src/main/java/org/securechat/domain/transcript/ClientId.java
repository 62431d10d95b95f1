package org.securechat.domain.transcript;

import java.util.regex.Pattern;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The name that a sender gives to a message, so that it is stored once however often it is sent.
 *
 * @param value a UUID of any version as text in lower case (RFC 9562, section 4)
 */
public record ClientId(String value) {
  private static final Pattern SHAPE =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  public ClientId {
    if (!SHAPE.matcher(value).matches()) {
      throw new InvalidValueException("Client id must be a UUID in lower case");
    }
  }
}
