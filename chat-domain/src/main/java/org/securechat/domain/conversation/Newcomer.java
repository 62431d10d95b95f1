package org.securechat.domain.conversation;

import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Username;

/**
 * The account of somebody who may be added.
 *
 * @param blocksActor whether they have blocked the one who adds them
 */
public record Newcomer(Username username, IdentityKey key, boolean blocksActor) {}
