package org.securechat.domain.conversation;

import java.util.Set;
import org.securechat.domain.event.Change;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.SignedCaller;
import org.securechat.domain.transcript.ConversationId;

/** Use case: somebody leaves a conversation, or declines to join it. */
public final class LeaveConversation {
  private final ConversationStore conversations;
  private final EventBus events;

  LeaveConversation(ConversationStore conversations, EventBus events) {
    this.conversations = conversations;
    this.events = events;
  }

  /**
   * Leaves a conversation, at once and for good: who is added again is a new participant.
   *
   * @throws RejectedException with REPLAYED_REQUEST, NOT_AUTHENTICATED if the session ended
   *     meanwhile, or NOT_FOUND if the caller is not in the conversation
   */
  public void leave(SignedCaller caller, ConversationId id) {
    UserId user = caller.caller().session().user();
    boolean left =
        conversations
            .change(
                id,
                ChangeQuery.NONE,
                circumstances -> {
                  Participant.require(circumstances.head().participant(user));
                  return ConversationChange.leave(user);
                },
                caller.caller().actor(),
                caller.once())
            .isPresent();
    if (!left) {
      throw RejectedException.notFound();
    }
    events.publish(new Change.Reshaped(id, Set.of(user)));
  }
}
