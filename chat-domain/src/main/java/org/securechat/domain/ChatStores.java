package org.securechat.domain;

import org.securechat.domain.account.AccountStore;
import org.securechat.domain.account.BlockStore;
import org.securechat.domain.account.RegistrationStore;
import org.securechat.domain.account.SecondFactorStore;
import org.securechat.domain.credential.AttemptStore;
import org.securechat.domain.request.ReplayMemory;
import org.securechat.domain.session.SessionStore;

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
    ReplayMemory replays) {}
