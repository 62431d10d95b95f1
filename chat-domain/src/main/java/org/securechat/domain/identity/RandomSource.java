package org.securechat.domain.identity;

/**
 * Where keys, tokens, salts and ids come from.
 *
 * <p>Security guarantees: the bytes are unpredictable and independent of each other, or every
 * secret made here is worthless. Implementations are safe for use by many threads and pass {@code
 * RandomSourceContract} in chat-testkit.
 */
public interface RandomSource {

  /**
   * Fresh random bytes in an array of their own.
   *
   * @param count how many, at least 1
   */
  byte[] bytes(int count);
}
