package org.securechat.domain;

import org.securechat.domain.account.AccountStore;
import org.securechat.domain.account.BlockStore;
import org.securechat.domain.account.RegistrationStore;
import org.securechat.domain.account.SecondFactorStore;
import org.securechat.domain.conversation.ConversationKeyStore;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.credential.AttemptStore;
import org.securechat.domain.file.FileStore;
import org.securechat.domain.request.ReplayMemory;
import org.securechat.domain.session.SessionStore;
import org.securechat.domain.timeline.MessageStore;

/**
 * The stores of one database. They come as a set, because a call to one of them may change what the
 * others hold, in one transaction.
 */
public record ChatStores(
    AccountStore accounts,
    SecondFactorStore secondFactors,
    RegistrationStore registrations,
    SessionStore sessions,
    BlockStore blocks,
    AttemptStore attempts,
    ConversationStore conversations,
    ConversationKeyStore conversationKeys,
    MessageStore messages,
    FileStore files,
    ReplayMemory replays) {}
