package org.securechat.domain.account;

import java.time.Clock;
import org.securechat.domain.credential.KeyedHash;
import org.securechat.domain.credential.SecretBox;
import org.securechat.domain.credential.TotpCodes;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.session.SessionStore;

/**
 * What the use cases of accounts need from outside.
 *
 * @param names hashes names, where nobody else may compute it
 */
public record AccountPorts(
    AccountStore accounts,
    SecondFactorStore secondFactors,
    RegistrationStore registrations,
    BlockStore blocks,
    SessionStore sessions,
    SignatureVerifier signatures,
    TotpCodes totpCodes,
    SecretBox secretBox,
    KeyedHash names,
    RandomSource random,
    Clock clock) {}
