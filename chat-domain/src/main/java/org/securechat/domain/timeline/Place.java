package org.securechat.domain.timeline;

import java.time.Instant;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/**
 * What every entry of a timeline has.
 *
 * @param id its place: 1, 2, 3 … in each conversation
 * @param epoch the newest at this place, the entry itself included
 * @param createdAt milliseconds
 */
public record Place(
    ConversationId conversation, long id, UserId sender, long epoch, Instant createdAt) {}
