package org.securechat.client;

import java.time.Instant;
import java.util.Optional;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonObject;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.protocol.key.EncryptionKey;

/**
 * The signed-in user's own account. Its keys have been compared with the private key on this
 * device.
 *
 * @param encryptionKey what conversation keys are encrypted to, where it is published
 * @param secondFactorResetRequired whether this session was opened by a recovery code and must
 *     reset the second factor before anything else
 */
public record OwnAccount(
    UserId id,
    Username username,
    EmailAddress email,
    Instant createdAt,
    IdentityKey publicKey,
    Optional<EncryptionKey> encryptionKey,
    boolean secondFactorResetRequired) {

  /**
   * Reads the user JSON.
   *
   * @throws UntrustedAnswerException also if it names keys that are not this device's, or another
   *     address
   */
  static OwnAccount read(JsonObject user, Device device) {
    EncryptionKey ownEncryptionKey = device.identity().encryptionKeyPair().publicKey();
    User keys = User.read(user);
    if (!keys.publicKey().equals(device.identity().publicKey())
        || keys.encryptionKey().filter(key -> !key.equals(ownEncryptionKey)).isPresent()) {
      throw new UntrustedAnswerException("The server names keys that are not this account's own");
    }
    EmailAddress email = user.text("email", EmailAddress::new);
    if (!email.canonical().equals(device.email().canonical())) {
      throw new UntrustedAnswerException("The server answers for another account");
    }
    return new OwnAccount(
        keys.id(),
        keys.username(),
        email,
        user.time("created_at"),
        keys.publicKey(),
        keys.encryptionKey(),
        user.flag("requires_2fa_reset"));
  }
}
