package org.securechat.domain.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.Once;

/**
 * Where sessions are kept. They are opened by the stores that sign somebody in, in the same
 * transaction.
 *
 * <p>Each call is atomic and durable on return. Implementations are safe for use by many threads
 * and pass {@code SessionStoreContract} in chat-testkit.
 */
public interface SessionStore {

  /** The session of a cookie, with its user's key, whatever its age; empty if there is none. */
  Optional<Caller> find(Sha256 tokenHash);

  /** Writes down that a session was used; nothing if there is none. Never moves the time back. */
  void touch(Sha256 tokenHash, Instant usedAt);

  /**
   * Ends a session.
   *
   * @return whether there was one; if not, nothing changed and {@code once} is unspent
   * @throws RejectedException with REPLAYED_REQUEST if {@code once} is spent
   */
  boolean end(Sha256 tokenHash, Once once);

  /** All sessions of a user, whatever their age, in the order of their beginning. */
  List<Session> list(UserId user);

  /**
   * Ends a session of a user, be it the actor's own.
   *
   * @param id the session's name to its user
   * @return whether there was one; if not, nothing changed and {@code once} is unspent
   * @throws RejectedException with REPLAYED_REQUEST if {@code once} is spent, or NOT_AUTHENTICATED
   *     if the actor's session is gone
   */
  boolean end(Actor actor, String id, Once once);

  /**
   * Removes sessions that were last used before one instant or opened before another.
   *
   * @param limit how many at most
   * @return how many were removed
   */
  int removeExpired(Instant lastUsedBefore, Instant createdBefore, int limit);
}
