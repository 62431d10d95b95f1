package org.securechat.domain.account;

import java.time.Instant;
import org.securechat.domain.identity.Sha256;

/**
 * A registration that waits for its first code. Nobody else sees it, and it keeps no name.
 *
 * @param tokenHash the hash of the cookie's value, by which it is found
 * @param createdAt milliseconds
 */
public record PendingRegistration(
    Sha256 tokenHash, Profile profile, StoredSecrets secrets, Instant createdAt) {}
