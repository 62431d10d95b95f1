package org.securechat.protocol.conversation;

import java.security.GeneralSecurityException;

/**
 * No key of an epoch for this member. Whoever is told so says it to the others and renews the key;
 * whether the author of the statement or the server is at fault can't be told.
 */
public final class KeyRefusedException extends GeneralSecurityException {

  /** What is wrong with it. */
  public enum Reason {
    /** The wrapped key has no such form, or names no suite of ours. */
    MALFORMED,
    /** It was wrapped for somebody else, for another epoch, or changed. */
    DOES_NOT_OPEN,
    /** It opens, but the statement commits to another key. */
    ANOTHER_KEY
  }

  private final Reason reason;

  KeyRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
