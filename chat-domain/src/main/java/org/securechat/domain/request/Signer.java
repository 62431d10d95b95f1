package org.securechat.domain.request;

import org.securechat.domain.identity.IdentityKey;

/**
 * Who is expected to have signed.
 *
 * @param key sound
 */
public record Signer(Subject subject, IdentityKey key) {}
