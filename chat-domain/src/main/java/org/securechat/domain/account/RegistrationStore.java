package org.securechat.domain.account;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.Once;

/**
 * Where registrations wait for their confirmation and become accounts.
 *
 * <p>Each call is atomic and durable on return; one that throws has changed nothing and left its
 * {@link Once} unspent. Implementations are safe for use by many threads and pass {@code
 * RegistrationStoreContract} in chat-testkit.
 */
public interface RegistrationStore {

  /**
   * Looks whether a name and an address are free, ignoring case. Only accounts count.
   *
   * @throws RejectedException with USERNAME_TAKEN or else EMAIL_TAKEN
   */
  void requireFree(Username username, EmailAddress email);

  /**
   * Keeps a registration. Several may wait for the same name.
   *
   * @throws RejectedException with REPLAYED_REQUEST, USERNAME_TAKEN or EMAIL_TAKEN, looked at in
   *     this order
   */
  void begin(PendingRegistration registration, Once once);

  /** The registration of a cookie, whatever its age; empty if there is none. */
  Optional<PendingRegistration> find(Sha256 tokenHash);

  /**
   * Counts an attempt to confirm, before its code is checked.
   *
   * @param limit how many there may be
   * @return which one it is, from 1; empty if there is no such registration or no attempt left
   */
  OptionalInt chargeAttempt(Sha256 tokenHash, int limit);

  /** Ends a registration; nothing if there is none. */
  void end(Sha256 tokenHash);

  /**
   * Makes an account of a registration: the account with its recovery codes, its spent step and its
   * first session comes, the registration goes, and the charges are settled.
   *
   * @return whether it was so; false, with nothing changed, if the registration is gone
   * @throws RejectedException with REPLAYED_REQUEST, USERNAME_TAKEN or EMAIL_TAKEN, looked at in
   *     this order
   */
  boolean confirm(NewAccount account, Once once);

  /**
   * Removes registrations that began before an instant.
   *
   * @param limit how many at most
   * @return how many were removed
   */
  int removeBegunBefore(Instant instant, int limit);
}
