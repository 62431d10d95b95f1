package org.securechat.protocol.key;

import java.security.GeneralSecurityException;

/**
 * Something sealed does not open: the password is another one, or somebody changed what was sealed.
 * The two can't be told apart.
 */
public final class DoesNotOpenException extends GeneralSecurityException {
  DoesNotOpenException() {
    super("Wrong password, or what was sealed has been changed");
  }
}
