package org.securechat.domain.account;

import org.securechat.domain.credential.LoginTicket;

/**
 * What a device that has no key yet gets.
 *
 * @param ticket signs it in once, without another second factor
 */
public record ReleasedKey(
    Profile profile, EncryptedPrivateKey encryptedPrivateKey, LoginTicket ticket) {}
