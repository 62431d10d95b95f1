package org.securechat.client.failure;

import org.jspecify.annotations.Nullable;

/**
 * No answer came: the server is not there, or not in time. Whether a change took place is not
 * known; asking for the same again is safe for reading, and for the rest the account says how
 * things stand.
 */
public final class UnreachableException extends ChatException {
  public UnreachableException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
