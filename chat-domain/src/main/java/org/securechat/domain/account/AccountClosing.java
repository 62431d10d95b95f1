package org.securechat.domain.account;

import java.time.Instant;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.session.Actor;

/**
 * The end of an account.
 *
 * @param actor whose account
 * @param proof is spent
 * @param closedAt milliseconds
 */
public record AccountClosing(Actor actor, Proof proof, Instant closedAt, Settlement settlement) {}
