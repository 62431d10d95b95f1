package org.securechat.domain.file;

import java.time.Instant;
import java.util.Optional;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/**
 * A file with its whereabouts.
 *
 * @param uploadedAt when its upload ended
 * @param entry the message that carries it; empty before there is one
 * @param expiresAt when that expires, if it does
 * @param erased whether its bytes are gone, or about to be
 */
public record StoredFile(
    FileRecord file,
    ConversationId conversation,
    UserId uploader,
    Instant uploadedAt,
    Optional<Long> entry,
    Optional<Instant> expiresAt,
    boolean erased) {

  /** Whether its bytes may still be given out. */
  public boolean isThere(Instant now) {
    return !erased && expiresAt.filter(at -> !at.isAfter(now)).isEmpty();
  }
}
