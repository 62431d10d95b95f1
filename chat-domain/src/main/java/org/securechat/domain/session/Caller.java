package org.securechat.domain.session;

import org.securechat.domain.identity.IdentityKey;

/**
 * Who is calling: a live session and the key that its user signs with.
 *
 * @param session its {@code lastUsedAt} may lag by a minute
 */
public record Caller(Session session, IdentityKey key) {

  /** Who it is to a store. */
  public Actor actor() {
    return new Actor(session.user(), session.tokenHash());
  }
}
