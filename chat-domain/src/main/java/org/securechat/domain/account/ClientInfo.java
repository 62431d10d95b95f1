package org.securechat.domain.account;

import java.util.Optional;
import org.securechat.domain.credential.RemoteAddress;
import org.securechat.domain.session.SessionToken;

/**
 * What a request shows of its client, beside what it signs.
 *
 * @param token the cookie's value, if one came
 * @param userAgent what it calls itself; empty if it doesn't
 */
public record ClientInfo(RemoteAddress address, Optional<SessionToken> token, String userAgent) {}
