package org.securechat.domain.account;

import java.util.Optional;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Username;

/**
 * What a user says about itself when it registers, and nothing of it is secret.
 *
 * @param encryptionIv belongs to the encrypted private key
 * @param encryptionKey its signature verifies under {@code identityKey}
 */
public record Profile(
    Username username,
    EmailAddress email,
    IdentityKey identityKey,
    EncryptionIv encryptionIv,
    KdfParameters kdf,
    Optional<EncryptionKey> encryptionKey) {}
