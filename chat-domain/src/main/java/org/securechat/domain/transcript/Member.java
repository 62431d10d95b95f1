package org.securechat.domain.transcript;

import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;

/**
 * One line of an epoch's statement.
 *
 * @param key the key that whatever this member signs in the epoch is checked against
 * @param name as the account writes it, upper and lower case
 */
public record Member(UserId user, Role role, IdentityKey key, Username name) {}
