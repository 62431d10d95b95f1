package org.securechat.domain.account;

import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.session.Actor;

/**
 * Everything that another password changes, in one change.
 *
 * @param actor whose password; its session stays
 * @param proof is spent
 * @param encryptedPrivateKey sealed for the account
 */
public record PasswordChange(
    Actor actor,
    Proof proof,
    PasswordVerifier verifier,
    SealedSecret encryptedPrivateKey,
    EncryptionIv encryptionIv,
    KdfParameters kdf,
    Settlement settlement) {}
