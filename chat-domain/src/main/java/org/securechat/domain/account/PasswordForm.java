package org.securechat.domain.account;

import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.TotpCode;

/** What a change of the password is asked for with; each value is in form. */
public record PasswordForm(
    PasswordHash currentPasswordHash,
    TotpCode code,
    PasswordHash passwordHash,
    EncryptedPrivateKey encryptedPrivateKey,
    EncryptionIv encryptionIv,
    KdfParameters kdf) {}
