package org.securechat.persistence;

import java.util.Optional;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/**
 * A conversation that somebody has left.
 *
 * @param emptiedTo the last entry of those whose content is erased
 * @param staleKeyEpoch the last epoch of those whose keys are still there
 */
record Departure(
    UserId user, ConversationId conversation, long emptiedTo, Optional<Long> staleKeyEpoch) {}
