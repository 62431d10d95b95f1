package org.securechat.domain.account;

import java.security.SignatureException;
import java.util.Map;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.rejection.RejectedException;

/** Checks that an encryption key is the identity key's own. */
final class SignedEncryptionKey {
  private SignedEncryptionKey() {}

  /**
   * Verifies the signature over the key.
   *
   * @throws RejectedException with INVALID_REQUEST for the signature
   */
  static void require(EncryptionKey encryptionKey, IdentityKey key, SignatureVerifier signatures) {
    try {
      signatures.verify(key, encryptionKey.signedText(), encryptionKey.signature());
    } catch (SignatureException e) {
      throw RejectedException.invalidFields(
          Map.of(
              "encryption_key_signature",
              "Must be the identity key's signature over the encryption key"));
    }
  }
}
