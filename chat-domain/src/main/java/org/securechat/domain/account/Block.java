package org.securechat.domain.account;

import java.time.Instant;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;

/**
 * A user who was blocked.
 *
 * @param createdAt milliseconds
 */
public record Block(UserId user, Username username, Instant createdAt) {}
