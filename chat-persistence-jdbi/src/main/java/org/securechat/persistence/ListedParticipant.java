package org.securechat.persistence;

import org.securechat.domain.conversation.ParticipantView;
import org.securechat.domain.transcript.ConversationId;

/** Somebody in one of several conversations. */
record ListedParticipant(ConversationId conversation, ParticipantView view) {}
