package org.securechat.domain.account;

/**
 * An account as its own user sees it.
 *
 * @param encryptedPrivateKey as the client encrypted it
 * @param resetRequired whether the session asks for a new second factor first
 */
public record OwnAccount(
    Account account, EncryptedPrivateKey encryptedPrivateKey, boolean resetRequired) {}
