package org.securechat.domain.event;

import java.util.Set;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/** Something that took place in a conversation, told after it is durable. */
public sealed interface Change {

  ConversationId conversation();

  /** Entries were appended to its timeline. */
  record Appended(ConversationId conversation) implements Change {}

  /**
   * It was begun or renamed, or who is in it has changed.
   *
   * @param affected who came or went
   */
  record Reshaped(ConversationId conversation, Set<UserId> affected) implements Change {
    public Reshaped {
      affected = Set.copyOf(affected);
    }
  }

  /**
   * Somebody has read on.
   *
   * @param upTo the last entry they read
   */
  record Read(ConversationId conversation, UserId user, long upTo) implements Change {}
}
