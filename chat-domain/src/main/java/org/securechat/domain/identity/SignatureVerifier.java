package org.securechat.domain.identity;

import java.security.SignatureException;

/**
 * Checks Ed25519 signatures (RFC 8032, section 5.1.7, the pure variant), strictly: S below the
 * group order, R equal byte for byte to [S]B − [k]A and not of small order.
 *
 * <p>Security guarantees: what verifies was signed by the holder of the key, over exactly these
 * bytes, and two implementations never differ about it. It says nothing about when it was signed,
 * nor for which purpose. Holds for sound keys only.
 *
 * <p>Implementations are safe for use by many threads and pass {@code SignatureVerifierContract} in
 * chat-testkit.
 */
public interface SignatureVerifier {

  /**
   * Returns normally only if {@code signature} was made over exactly these bytes with the private
   * half of {@code key}. Throws instead of answering, so that nobody can forget to look.
   *
   * @param key a key that {@link #isSound} accepted once, when it was registered
   * @param message the signed bytes as they arrived
   * @throws SignatureException for every kind of mismatch alike
   */
  void verify(IdentityKey key, byte[] message, Signature signature) throws SignatureException;

  /**
   * Whether the key is the canonical encoding of a point of prime order: not of small or mixed
   * order, not the neutral element.
   */
  boolean isSound(IdentityKey key);
}
