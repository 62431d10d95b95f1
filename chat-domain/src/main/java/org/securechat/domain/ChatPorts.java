package org.securechat.domain;

import java.time.Clock;
import org.securechat.domain.account.AccountStore;
import org.securechat.domain.account.RegistrationStore;
import org.securechat.domain.credential.AttemptStore;
import org.securechat.domain.credential.PasswordHasher;
import org.securechat.domain.credential.SecretBox;
import org.securechat.domain.credential.TotpCodes;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.request.ReplayMemory;
import org.securechat.domain.session.SessionStore;

/**
 * Everything that the chat core needs from outside, by name. The stores come from one database as a
 * set: a call to one of them may change what the others hold.
 */
public record ChatPorts(
    AccountStore accounts,
    RegistrationStore registrations,
    SessionStore sessions,
    AttemptStore attempts,
    ReplayMemory replays,
    SignatureVerifier signatures,
    PasswordHasher passwords,
    TotpCodes totpCodes,
    SecretBox secretBox,
    RandomSource random,
    Clock clock) {}
