package org.securechat.domain.account;

import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.credential.SecondFactor;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.session.Actor;

/**
 * Everything that another password changes, in one change.
 *
 * @param actor whose password; its session stays
 * @param factor is spent
 * @param encryptedPrivateKey sealed for the account
 */
public record PasswordChange(
    Actor actor,
    SecondFactor factor,
    PasswordVerifier verifier,
    SealedSecret encryptedPrivateKey,
    EncryptionIv encryptionIv,
    KdfParameters kdf,
    Settlement settlement) {}
