package org.securechat.crypto;

import java.security.SecureRandom;
import org.securechat.domain.identity.RandomSource;

/** The platform's default {@link SecureRandom}. Does not block; safe for use by many threads. */
public final class SystemRandomSource implements RandomSource {
  private final SecureRandom random = new SecureRandom();

  @Override
  public byte[] bytes(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("At least 1 random byte, not " + count);
    }
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
