package org.securechat.client;

import java.security.SignatureException;
import java.util.Optional;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonObject;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.key.EncryptionKey;
import org.securechat.protocol.key.PublishedEncryptionKey;
import org.securechat.protocol.key.SoundKey;

/**
 * What everybody may know of a user. Whether the keys are really that person's, only a comparison
 * of {@linkplain org.securechat.protocol.key.SafetyNumber safety numbers} says.
 *
 * @param encryptionKey verified against {@code publicKey}; empty where none is published
 */
public record User(
    UserId id, Username username, IdentityKey publicKey, Optional<EncryptionKey> encryptionKey) {

  /**
   * Reads the user JSON.
   *
   * @throws UntrustedAnswerException also if the encryption key is not signed by the identity key,
   *     or that is not canonical and of prime order
   */
  static User read(JsonObject user) {
    IdentityKey publicKey =
        user.text("public_key", pem -> SoundKey.require(IdentityKey.parsePem(pem)));
    try {
      return new User(
          new UserId(user.number("id")),
          user.text("username", Username::new),
          publicKey,
          encryptionKey(user, publicKey));
    } catch (InvalidValueException e) {
      throw new UntrustedAnswerException("The server names a user that can't be", e);
    }
  }

  private static Optional<EncryptionKey> encryptionKey(JsonObject user, IdentityKey owner) {
    Optional<String> key = user.optionalText("encryption_key");
    if (key.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          PublishedEncryptionKey.parse(key.get(), user.text("encryption_key_signature")).of(owner));
    } catch (SignatureException e) {
      throw new UntrustedAnswerException("The encryption key is not signed by its owner", e);
    }
  }
}
