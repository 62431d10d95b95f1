package org.securechat.protocol.key;

import java.security.GeneralSecurityException;

/**
 * A private key opened that does not belong to the public key in its owner's name: somebody put
 * another public key there. Nothing may be signed or shown in that name.
 */
public final class ForeignKeyException extends GeneralSecurityException {
  ForeignKeyException() {
    super("The public key in this name is not that of the private key");
  }
}
