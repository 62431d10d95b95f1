package org.securechat.domain.session;

import java.time.Instant;
import org.securechat.domain.identity.IdentityKey;

/**
 * Who is calling: a live session and the key that its user signs with.
 *
 * @param session its {@code lastUsedAt} may lag by a minute
 */
public record Caller(Session session, IdentityKey key) {

  /** The same, with a later use of its session. */
  Caller usedAt(Instant instant) {
    return new Caller(session.usedAt(instant), key);
  }

  /** Who it is to a store. */
  public Actor actor() {
    return new Actor(session.user(), session.tokenHash());
  }
}
