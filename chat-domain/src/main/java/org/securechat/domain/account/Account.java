package org.securechat.domain.account;

import java.time.Instant;
import org.securechat.domain.identity.UserId;

/**
 * A user's account as it is stored.
 *
 * @param createdAt milliseconds
 */
public record Account(UserId id, Profile profile, StoredSecrets secrets, Instant createdAt) {}
