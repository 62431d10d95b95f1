package org.securechat.persistence;

import org.securechat.domain.conversation.Newcomer;
import org.securechat.domain.identity.UserId;

/** The account of a user who was asked for. */
record FoundNewcomer(UserId user, Newcomer account) {}
