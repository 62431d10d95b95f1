package org.securechat.domain.account;

import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.SealedSecret;

/**
 * What is stored to recognise a user by, none of it in the clear.
 *
 * @param totpSecret sealed for the row it stands in, and so is {@code encryptedPrivateKey}
 */
public record StoredSecrets(
    PasswordVerifier passwordVerifier, SealedSecret encryptedPrivateKey, SealedSecret totpSecret) {}
