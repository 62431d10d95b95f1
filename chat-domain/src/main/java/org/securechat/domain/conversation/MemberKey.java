package org.securechat.domain.conversation;

import org.securechat.domain.identity.UserId;

/** A wrapped key as it came, with whom it is for. */
public record MemberKey(UserId user, WrappedKey key) {}
