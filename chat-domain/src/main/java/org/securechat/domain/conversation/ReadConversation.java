package org.securechat.domain.conversation;

import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.Caller;
import org.securechat.domain.transcript.ConversationId;

/** Use case: a participant, joined or invited, looks at a conversation. */
public final class ReadConversation {
  private final ConversationStore conversations;

  ReadConversation(ConversationStore conversations) {
    this.conversations = conversations;
  }

  /**
   * The conversation with all its participants.
   *
   * @throws RejectedException with NOT_FOUND if the caller is not in it
   */
  public ConversationView read(Caller caller, ConversationId id) {
    return conversations.view(id, caller.session().user()).orElseThrow(RejectedException::notFound);
  }
}
