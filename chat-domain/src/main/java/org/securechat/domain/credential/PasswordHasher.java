package org.securechat.domain.credential;

import org.securechat.domain.rejection.UnavailableException;

/**
 * Makes and checks password verifiers with Argon2id (RFC 9106).
 *
 * <p>Security guarantees: a verifier without the server's secret gives no way to guess the password
 * hash, two verifiers of one hash have nothing in common, and {@link #matches} takes the same work
 * for a right and a wrong one.
 *
 * <p>Calls take tens of milliseconds and megabytes. Implementations bound how many run at once and
 * how long the others wait, are safe for use by many threads, and pass {@code
 * PasswordHasherContract} in chat-testkit.
 */
public interface PasswordHasher {

  /**
   * Makes a verifier with a fresh salt.
   *
   * @throws UnavailableException if no worker gets free in time
   */
  PasswordVerifier hash(PasswordHash received);

  /**
   * A verifier that no hash matches, and that takes the same work as one just made: for names that
   * nobody has. Made without that work.
   */
  PasswordVerifier decoy();

  /**
   * Whether the verifier was made from this hash.
   *
   * @throws UnavailableException if no worker gets free in time
   */
  boolean matches(PasswordVerifier verifier, PasswordHash presented);
}
