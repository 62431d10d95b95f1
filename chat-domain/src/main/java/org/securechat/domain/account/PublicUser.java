package org.securechat.domain.account;

import java.util.Optional;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;

/** What every user may know about another. */
public record PublicUser(
    UserId id, Username username, IdentityKey identityKey, Optional<EncryptionKey> encryptionKey) {

  static PublicUser of(Account account) {
    Profile profile = account.profile();
    return new PublicUser(
        account.id(), profile.username(), profile.identityKey(), profile.encryptionKey());
  }
}
