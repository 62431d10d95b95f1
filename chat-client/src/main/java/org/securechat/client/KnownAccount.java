package org.securechat.client;

import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;

/**
 * What a device remembers of its account. Id and name are for good, and so is an encryption key
 * once it is published; {@linkplain org.securechat.protocol.key.SafetyNumber safety numbers} depend
 * on the name.
 */
public record KnownAccount(UserId id, Username username, boolean encryptionKeyPublished) {

  static KnownAccount of(OwnAccount account) {
    return new KnownAccount(account.id(), account.username(), account.encryptionKey().isPresent());
  }

  /**
   * What is known after another look, which may have found a key published since.
   *
   * @throws ChangedIdentityException if anything else is different
   */
  public KnownAccount after(OwnAccount account) {
    KnownAccount seen = of(account);
    if (!id.equals(seen.id)
        || !username.equals(seen.username)
        || (encryptionKeyPublished && !seen.encryptionKeyPublished)) {
      throw new ChangedIdentityException(
          "The account at the server is not the one that this device knows");
    }
    return seen;
  }
}
