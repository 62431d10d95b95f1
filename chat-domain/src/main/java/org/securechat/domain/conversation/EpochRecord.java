package org.securechat.domain.conversation;

import java.time.Instant;
import java.util.Optional;
import org.securechat.domain.identity.Signature;

/**
 * An epoch, with the key that one of its members can unwrap.
 *
 * @param entry its place in the timeline
 * @param statement the exact text
 * @param key empty if it was none of the viewer's
 */
public record EpochRecord(
    long epoch,
    long entry,
    Instant createdAt,
    String statement,
    Signature signature,
    Optional<WrappedKey> key) {}
