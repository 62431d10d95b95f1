package org.securechat.domain.account;

import java.util.Optional;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;

/**
 * Where accounts are kept.
 *
 * <p>Each call is atomic and durable on return; one that throws has changed nothing and left its
 * {@link Once} unspent. Implementations are safe for use by many threads and pass {@code
 * AccountStoreContract} in chat-testkit.
 */
public interface AccountStore {

  Optional<Account> find(UserId id);

  /** The account of a name or an address, ignoring case. */
  Optional<Account> find(AccountName name);

  /** How the client of a name or an address, ignoring case, stretches its password. */
  Optional<KdfParameters> findKdf(AccountName name);

  /**
   * How the client of the account with the least id from {@code position} on stretches its
   * password; after the last account comes the first. Ids are random, so that this draws from what
   * accounts have.
   *
   * @return empty if there is no account at all
   */
  Optional<KdfParameters> kdfFrom(UserId position);

  /**
   * Signs somebody in: the second factor is spent, the user's old session and registration of the
   * cookie that came end, the charges are settled, and the new session begins. If the user has more
   * sessions than may be then, those of the others that were used longest ago end.
   *
   * @return whether it was so; false, with nothing changed, if the proof doesn't stand any more or
   *     the account is gone
   * @throws RejectedException with REPLAYED_REQUEST, looked at first
   */
  boolean signIn(SignIn signIn, Once once);

  /**
   * Gives an account another password: the factor is spent, the charges are settled, and every
   * other session and every ticket of the user ends.
   *
   * @return whether it was so; false, with nothing changed, if the proof doesn't stand any more
   * @throws RejectedException with REPLAYED_REQUEST or NOT_AUTHENTICATED if the actor's session is
   *     gone, looked at first and in this order
   */
  boolean changePassword(PasswordChange change, Once once);

  /**
   * Publishes an encryption key, if there is none yet; {@code once} is spent unless another key
   * stands already.
   *
   * @return the key that stands now
   * @throws RejectedException with REPLAYED_REQUEST or NOT_AUTHENTICATED if the actor's session is
   *     gone, looked at in this order
   */
  EncryptionKey publish(EncryptionKey key, Actor actor, Once once);

  /** What is kept of a user beside account, sessions and blocks, as numbers. */
  Holdings holdings(UserId user);

  /**
   * Ends an account: it goes with everything that hangs on it, and with the registrations that wait
   * for its key; its name and address are free, its id never is again.
   *
   * @return whether it was so; false, with nothing changed, if the proof doesn't stand any more
   * @throws RejectedException with REPLAYED_REQUEST or NOT_AUTHENTICATED if the actor's session is
   *     gone, looked at first and in this order
   */
  boolean close(AccountClosing closing, Once once);
}
