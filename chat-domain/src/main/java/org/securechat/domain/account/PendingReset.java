package org.securechat.domain.account;

import java.time.Instant;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.identity.Sha256;

/**
 * A second factor that waits for its first code.
 *
 * @param session the hash of the token of the session that it waits in
 * @param totpSecret sealed for that session
 * @param createdAt milliseconds
 */
public record PendingReset(Sha256 session, SealedSecret totpSecret, Instant createdAt) {}
