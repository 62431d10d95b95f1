package org.securechat.domain.account;

import java.time.Instant;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;

/**
 * A ticket as it is stored.
 *
 * @param byRecoveryCode whether it was got by one: then the sign-in counts as by one, too
 * @param createdAt milliseconds
 */
public record IssuedTicket(
    Sha256 ticketHash, UserId user, boolean byRecoveryCode, Instant createdAt) {}
