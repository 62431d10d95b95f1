package org.securechat.domain.request;

import java.time.Instant;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;

/**
 * The right to make one change, which a signed request carries. Each changing store call spends
 * one, in the transaction of the change; a request that is refused keeps it.
 *
 * @param signedAt the signed time, whole seconds; first, so that a store can order by it and forget
 *     the old ones by range
 * @param signer the key that signed: a user has one for good, and it is there before the user, so
 *     that what was signed to register is not accepted later for anything else
 * @param digest of the signed characters; the signature's own text would not do, it has many forms
 */
public record Once(Instant signedAt, IdentityKey signer, Sha256 digest) {}
