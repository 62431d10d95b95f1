package org.securechat.domain.conversation;

import java.time.Instant;
import java.util.Optional;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.Role;

/**
 * Somebody in a conversation, as the others are told.
 *
 * @param joinedAt empty while they are invited
 * @param readUpTo the last entry they have read; 0 for none
 */
public record ParticipantView(
    UserId user,
    Username username,
    IdentityKey key,
    Role role,
    Optional<Instant> joinedAt,
    long readUpTo) {}
