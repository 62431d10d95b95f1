package org.securechat.domain.conversation;

import java.util.Optional;
import org.securechat.domain.identity.Sha256;

/**
 * What a change to a conversation is decided by. It does not change before the change is written.
 *
 * @param atSeen the running hash at the entry that {@link ChangeQuery#seen()} names; empty if there
 *     is no such entry
 */
public record Circumstances(ConversationHead head, Optional<Sha256> atSeen, Newcomers newcomers) {}
