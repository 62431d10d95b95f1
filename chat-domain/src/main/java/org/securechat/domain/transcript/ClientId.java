package org.securechat.domain.transcript;

import org.securechat.domain.rejection.InvalidValueException;

/**
 * The name that a sender gives to a message, so that it is stored once however often it is sent.
 *
 * @param value a UUID of any version as text in lower case (RFC 9562, section 4)
 */
public record ClientId(String value) {
  private static final String SHAPE = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  public ClientId {
    if (!hasShape(value)) {
      throw new InvalidValueException("Client id must be a UUID in lower case");
    }
  }

  private static boolean hasShape(String value) {
    if (value.length() != SHAPE.length()) {
      return false;
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      char c = value.charAt(i);
      if (SHAPE.charAt(i) == '-' ? c != '-' : !LowerHex.isDigit(c)) {
        return false;
      }
    }
    return true;
  }
}
