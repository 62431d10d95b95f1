package org.securechat.domain.sync;

import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.transcript.ConversationId;

/** One thing that a client is told. */
public sealed interface SyncEvent {

  /** An entry of a timeline. */
  record Appended(Entry entry) implements SyncEvent {}

  /** A conversation that the client did not name, or that has changed. */
  record Shaped(ConversationView conversation) implements SyncEvent {}

  /** The user is not in the conversation, or not any more as they were. */
  record Removed(ConversationId conversation) implements SyncEvent {}

  /**
   * Somebody has read on.
   *
   * @param upTo the last entry they read
   */
  record Read(ConversationId conversation, UserId user, long upTo) implements SyncEvent {}
}
