package org.securechat.domain.request;

import java.time.Instant;
import org.securechat.domain.identity.Sha256;

/**
 * The right to make one change, which a signed request carries. Each changing store call spends
 * one, in the transaction of the change; a request that is refused keeps it.
 *
 * @param signedAt the signed time, whole seconds; first, so that a store can order by it and forget
 *     the old ones by range
 * @param digest of the signed characters; the signature's own text would not do, it has many forms
 */
public record Once(Instant signedAt, Subject subject, Sha256 digest) {}
