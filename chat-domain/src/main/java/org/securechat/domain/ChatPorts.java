package org.securechat.domain;

import java.time.Clock;
import org.securechat.domain.credential.KeyedHash;
import org.securechat.domain.credential.PasswordHasher;
import org.securechat.domain.credential.SecretBox;
import org.securechat.domain.credential.TotpCodes;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.SignatureVerifier;

/**
 * Everything that the chat core needs from outside, by name.
 *
 * @param names hashes names, where nobody else may compute it
 */
public record ChatPorts(
    ChatStores stores,
    SignatureVerifier signatures,
    PasswordHasher passwords,
    TotpCodes totpCodes,
    SecretBox secretBox,
    KeyedHash names,
    EventBus events,
    RandomSource random,
    Clock clock) {}
