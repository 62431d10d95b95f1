package org.securechat.client.conversation;

import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/** Something that has happened in a conversation. */
public sealed interface ConversationEvent {

  ConversationId conversation();

  /** An entry was added; an open conversation has verified it already. */
  record Entry(ConversationId conversation, long entry) implements ConversationEvent {}

  /** It is new to this user, or who is in it has changed; by the server's word. */
  record Changed(ConversationInfo info) implements ConversationEvent {
    @Override
    public ConversationId conversation() {
      return info.id();
    }
  }

  /** This user is not in it any more. */
  record Removed(ConversationId conversation) implements ConversationEvent {}

  /** Somebody has read on; by the server's word. */
  record Read(ConversationId conversation, UserId user, long upTo) implements ConversationEvent {}
}
