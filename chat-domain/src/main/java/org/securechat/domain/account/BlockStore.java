package org.securechat.domain.account;

import java.time.Instant;
import java.util.List;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;

/**
 * Whom users have blocked.
 *
 * <p>Each call is atomic and durable on return; one that throws has changed nothing and left its
 * {@link Once} unspent. Implementations are safe for use by many threads and pass {@code
 * BlockStoreContract} in chat-testkit.
 */
public interface BlockStore {

  /**
   * Blocks a user; one who is blocked already stays so, since when it was. {@code once} is spent
   * unless nothing is blocked.
   *
   * @param limit how many the actor may have blocked
   * @throws RejectedException with REPLAYED_REQUEST or NOT_AUTHENTICATED if the actor's session is
   *     gone, looked at in this order
   */
  Outcome block(UserId blocked, Instant at, int limit, Actor actor, Once once);

  /**
   * Takes a block back; nothing if there is none. {@code once} is spent either way.
   *
   * @throws RejectedException with REPLAYED_REQUEST or NOT_AUTHENTICATED if the actor's session is
   *     gone, looked at in this order
   */
  void unblock(UserId blocked, Actor actor, Once once);

  /** Whom a user has blocked, in the order of the names. */
  List<Block> list(UserId user);

  /** How blocking ended. */
  enum Outcome {
    BLOCKED,
    NO_SUCH_USER,
    TOO_MANY
  }
}
