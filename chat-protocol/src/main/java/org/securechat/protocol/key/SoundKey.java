package org.securechat.protocol.key;

import org.securechat.crypto.BouncyCastleSignatureVerifier;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.rejection.InvalidValueException;

/** Which identity keys may stand for anybody at all. */
public final class SoundKey {
  static final SignatureVerifier STRICT = new BouncyCastleSignatureVerifier();

  private SoundKey() {}

  /**
   * The key itself.
   *
   * @throws InvalidValueException unless it is canonical and of prime order
   */
  public static IdentityKey require(IdentityKey key) {
    if (!STRICT.isSound(key)) {
      throw new InvalidValueException("The Ed25519 key is not canonical or not of prime order");
    }
    return key;
  }
}
