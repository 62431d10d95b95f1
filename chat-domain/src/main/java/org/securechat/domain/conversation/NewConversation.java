package org.securechat.domain.conversation;

import java.time.Instant;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;

/**
 * A conversation that begins.
 *
 * @param startedSince the store counts what the actor has begun from then on
 * @param change with the first epoch
 */
public record NewConversation(
    ConversationId id,
    GroupId group,
    Instant createdAt,
    Instant startedSince,
    ConversationChange change) {}
