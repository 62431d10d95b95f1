package org.securechat.domain.account;

import org.securechat.domain.credential.PasswordHash;

/** A registration as it was asked for; each value is in form. */
public record Registration(
    Profile profile, PasswordHash passwordHash, EncryptedPrivateKey encryptedPrivateKey) {}
