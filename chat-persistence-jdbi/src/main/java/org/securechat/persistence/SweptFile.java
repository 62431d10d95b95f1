package org.securechat.persistence;

import org.securechat.domain.file.FileId;
import org.securechat.domain.transcript.ConversationId;

/** A file that nobody will ask for. */
record SweptFile(FileId id, ConversationId conversation) {}
