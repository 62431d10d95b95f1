package org.securechat.testkit.memory;

import java.time.Clock;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.event.LocalEventBus;
import org.securechat.domain.identity.RandomSource;

/**
 * Every port on the heap and the JDK alone, for tests and for a first look at the library. Its
 * password hasher protects nobody.
 */
public final class InMemoryChat {
  private InMemoryChat() {}

  /** Fresh ports around empty stores. */
  public static ChatPorts ports(Clock clock) {
    RandomSource random = new JdkRandomSource();
    return new ChatPorts(
        InMemoryStores.create(),
        new JdkSignatureVerifier(),
        new QuickPasswordHasher(random),
        new HmacTotpCodes(random),
        new JdkSecretBox(random),
        new JdkKeyedHash(random),
        new LocalEventBus(),
        random,
        clock);
  }
}
