package org.securechat.client;

/** A completed registration: a session, and the codes to keep on paper. */
public record SignedUp(ChatSession session, RecoveryCodes recoveryCodes) {}
