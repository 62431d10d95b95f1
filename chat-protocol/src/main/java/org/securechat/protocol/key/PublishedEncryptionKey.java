package org.securechat.protocol.key;

import java.security.SignatureException;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * An encryption key with a signature over it, as it comes from a server. The key is given out only
 * against the identity that it is said to belong to.
 */
public final class PublishedEncryptionKey {
  private final EncryptionKey key;
  private final Signature signature;

  PublishedEncryptionKey(EncryptionKey key, Signature signature) {
    this.key = key;
    this.signature = signature;
  }

  /**
   * Reads the two members of a user.
   *
   * @param encryptionKey base64 of 1,216 bytes
   * @param encryptionKeySignature 128 hex digits
   * @throws InvalidValueException for any other form; whether it verifies is not looked at yet
   */
  public static PublishedEncryptionKey parse(String encryptionKey, String encryptionKeySignature) {
    return new PublishedEncryptionKey(
        EncryptionKey.copyOf(Base64Text.decode(encryptionKey)),
        Signature.parseHex(encryptionKeySignature)
            .orElseThrow(() -> new InvalidValueException("A signature has 128 hex digits")));
  }

  /**
   * The key, if this identity signed it.
   *
   * @throws SignatureException otherwise: it is a changed identity, and no reason to use any other
   *     key of that person
   * @throws InvalidValueException if the identity key is not sound
   */
  public EncryptionKey of(IdentityKey owner) throws SignatureException {
    SoundKey.STRICT.verify(SoundKey.require(owner), key.signedText(), signature);
    return key;
  }

  /** The member {@code encryption_key}: base64. */
  public String encryptionKey() {
    return Base64Text.encode(key.toByteArray());
  }

  /** The member {@code encryption_key_signature}: 128 hex digits in lower case. */
  public String encryptionKeySignature() {
    return signature.toHex();
  }

  @Override
  public String toString() {
    return "PublishedEncryptionKey[" + key + "]";
  }
}
