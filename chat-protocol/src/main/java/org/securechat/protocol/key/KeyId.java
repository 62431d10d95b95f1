package org.securechat.protocol.key;

import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;

/**
 * Names an identity key: the SHA-256 of its DER SubjectPublicKeyInfo.
 *
 * @param hex 64 hex digits in lower case
 */
public record KeyId(String hex) {

  /** The name of this key. */
  public static KeyId of(IdentityKey key) {
    return new KeyId(Sha256.of(SoundKey.require(key).toSpki()).toHex());
  }
}
