package org.securechat.domain.conversation;

import java.util.Optional;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;

/** What came of a change. */
final class ChangedConversation {
  private ChangedConversation() {}

  /**
   * The change that was made.
   *
   * @throws RejectedException with NOT_FOUND if there is no such conversation
   */
  static ConversationChange require(Optional<ConversationChange> change) {
    return change.orElseThrow(() -> RejectedException.of(Rejection.NOT_FOUND));
  }
}
