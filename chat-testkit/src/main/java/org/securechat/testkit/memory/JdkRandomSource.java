package org.securechat.testkit.memory;

import java.security.SecureRandom;
import org.securechat.domain.identity.RandomSource;

/** The JDK's random numbers. */
public final class JdkRandomSource implements RandomSource {
  private final SecureRandom random = new SecureRandom();

  @Override
  public byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
