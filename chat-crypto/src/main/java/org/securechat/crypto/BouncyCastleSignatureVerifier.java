package org.securechat.crypto;

import java.security.SignatureException;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;

/**
 * Strict Ed25519 (RFC 8032) on Bouncy Castle, in Java alone. Keeps no state, safe for use by many
 * threads.
 *
 * <p>Bouncy Castle's equation overlooks a difference of small order between R and [S]B − [k]A.
 * Where R and the key both have prime order there can be no such difference, so R is held to that
 * too; it costs as much again as the verification.
 */
public final class BouncyCastleSignatureVerifier implements SignatureVerifier {

  @Override
  public void verify(IdentityKey key, byte[] message, Signature signature)
      throws SignatureException {
    byte[] bytes = signature.toByteArray();
    if (!StrictSignatureForm.holdsFor(bytes)
        || !Ed25519.verify(bytes, 0, key.toByteArray(), 0, message, 0, message.length)
        || !Ed25519.validatePublicKeyFull(bytes, 0)) {
      throw new SignatureException("Signature does not verify");
    }
  }

  @Override
  public boolean isSound(IdentityKey key) {
    return Ed25519.validatePublicKeyFull(key.toByteArray(), 0);
  }
}
