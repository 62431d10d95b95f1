package org.securechat.domain.file;

import java.time.Instant;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/** A file whose bytes are on their way. */
public record Upload(
    FileId id,
    ConversationId conversation,
    UserId uploader,
    FileName name,
    MimeType mimeType,
    Instant beganAt) {}
