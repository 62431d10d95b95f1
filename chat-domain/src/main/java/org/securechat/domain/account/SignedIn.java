package org.securechat.domain.account;

import org.securechat.domain.session.SessionToken;

/** Somebody is signed in: their account, and the token of the new session. */
public record SignedIn(OwnAccount account, SessionToken token) {}
