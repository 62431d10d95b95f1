package org.securechat.persistence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;

/** A row of {@code conversations}. */
record ConversationRow(
    ConversationId id,
    GroupId group,
    @Nullable String name,
    Instant createdAt,
    long epoch,
    long epochEntry,
    boolean rekeyRequired,
    long version,
    int participants,
    long messageCount,
    Tip tip) {

  /** The row when one participant more has left. */
  ConversationRow withOneLess() {
    return new ConversationRow(
        id,
        group,
        name,
        createdAt,
        epoch,
        epochEntry,
        true,
        version + 1,
        participants - 1,
        messageCount,
        tip);
  }
}
