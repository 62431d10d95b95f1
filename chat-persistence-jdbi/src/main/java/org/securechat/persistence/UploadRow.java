package org.securechat.persistence;

import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/** An upload that is on its way. */
record UploadRow(ConversationId conversation, UserId uploader) {}
