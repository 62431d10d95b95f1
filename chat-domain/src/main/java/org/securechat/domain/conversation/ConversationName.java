package org.securechat.domain.conversation;

import org.securechat.domain.rejection.InvalidValueException;

/** What a conversation is called, if its members let the server know: at most 200 characters. */
public record ConversationName(String value) {
  /** Unicode code points. */
  public static final int MAX_LENGTH = 200;

  public ConversationName {
    if (value.codePointCount(0, value.length()) > MAX_LENGTH
        || value.codePoints().anyMatch(Character::isISOControl)) {
      throw new InvalidValueException(
          "Name must be at most 200 characters, without control characters");
    }
  }
}
