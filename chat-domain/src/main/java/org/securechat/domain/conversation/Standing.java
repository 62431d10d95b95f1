package org.securechat.domain.conversation;

import org.securechat.domain.transcript.ConversationId;

/**
 * A user's part in a conversation, and how far that has got.
 *
 * @param last its last entry
 * @param version as {@link ConversationView#version()}
 */
public record Standing(ConversationId conversation, Participant own, long last, long version) {}
