package org.securechat.domain.account;

import java.util.Optional;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.session.Session;

/**
 * Everything that signing in changes, in one change.
 *
 * @param step the second factor; it is spent for the session's user
 * @param session the new session
 * @param ended the hash of the cookie that came with the request, whose session is over
 */
public record SignIn(
    TotpStep step, Session session, Optional<Sha256> ended, Settlement settlement) {}
