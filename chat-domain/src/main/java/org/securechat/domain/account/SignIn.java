package org.securechat.domain.account;

import java.util.Optional;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.session.Session;

/**
 * Everything that signing in changes, in one change.
 *
 * @param proof is spent for the session's user
 * @param session the new session
 * @param sessionsPerUser how many the user may have, this one included
 * @param presented the hash of the cookie that came with the request; its session is over if it is
 *     the same user's, and its registration if it waits for the same key: nobody can end another's
 */
public record SignIn(
    Proof proof,
    Session session,
    int sessionsPerUser,
    Optional<Sha256> presented,
    Settlement settlement) {}
