package org.securechat.domain.credential;

/**
 * Seals secrets before they are stored, with AES-256-GCM under keys of the server's own.
 *
 * <p>Security guarantees: a sealed value shows its length only, can't be changed unnoticed, and
 * opens only in the place that it was sealed for. Implementations are safe for use by many threads
 * and pass {@code SecretBoxContract} in chat-testkit.
 */
public interface SecretBox {

  /** Seals a value for a place. Sealing twice gives two texts. */
  byte[] seal(byte[] secret, SealedPlace place);

  /**
   * Opens a sealed value.
   *
   * @throws IllegalStateException if it was changed, belongs to another place, or was sealed under
   *     another key: the database and the server's secret don't fit each other
   */
  byte[] open(byte[] sealed, SealedPlace place);
}
