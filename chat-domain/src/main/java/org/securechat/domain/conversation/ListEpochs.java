package org.securechat.domain.conversation;

import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.Caller;
import org.securechat.domain.transcript.ConversationId;

/** Use case: a participant, joined or invited, asks for the epochs and their keys. */
public final class ListEpochs {
  /** Epochs of one answer. */
  public static final int MAX_LIMIT = 100;

  /** Statements and keys of one answer; the first epoch comes in any case. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private final ConversationStore conversations;
  private final ConversationKeyStore keys;

  ListEpochs(ConversationStore conversations, ConversationKeyStore keys) {
    this.conversations = conversations;
    this.keys = keys;
  }

  /**
   * The epochs from a number on, but none before the one that added the caller.
   *
   * @param limit 1 to {@link #MAX_LIMIT}; there may be fewer even when others follow
   * @throws RejectedException with NOT_FOUND if the caller is not in the conversation
   */
  public ConversationKeyStore.Epochs list(Caller caller, ConversationId id, long from, int limit) {
    UserId user = caller.session().user();
    Participant participant = Participant.require(conversations.participant(id, user));
    return keys.keysFrom(id, user, Math.max(from, participant.addedEpoch()), limit, MAX_BYTES);
  }
}
