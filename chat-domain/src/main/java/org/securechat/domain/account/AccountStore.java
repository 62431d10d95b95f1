package org.securechat.domain.account;

import java.util.Optional;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.Once;

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

  /**
   * Signs somebody in: the step is spent, the user's old session and registration of the cookie
   * that came end, the charges are settled, and the new session begins.
   *
   * @return whether it was so; false, with nothing changed, if the user's step was spent before or
   *     the account is gone
   * @throws RejectedException with REPLAYED_REQUEST, looked at first
   */
  boolean signIn(SignIn signIn, Once once);

  /**
   * Forgets spent steps that are too old to be accepted anyway.
   *
   * @param limit how many at most
   * @return how many were forgotten
   */
  int forgetStepsBefore(TotpStep step, int limit);
}
