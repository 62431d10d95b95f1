package org.securechat.domain.conversation;

import java.util.List;
import java.util.Optional;

/**
 * A part of somebody's list of conversations.
 *
 * @param next the cursor of the following part; empty after the last one
 */
public record ConversationPage(List<ConversationView> conversations, Optional<String> next) {
  public ConversationPage {
    conversations = List.copyOf(conversations);
  }
}
