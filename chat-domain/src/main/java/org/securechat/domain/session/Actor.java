package org.securechat.domain.session;

import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;

/**
 * In whose name a change is made, and in which session: a store looks whether it is still there, in
 * the transaction of the change.
 *
 * @param session the hash of its token
 */
public record Actor(UserId user, Sha256 session) {}
