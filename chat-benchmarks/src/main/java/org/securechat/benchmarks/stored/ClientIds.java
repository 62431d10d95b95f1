package org.securechat.benchmarks.stored;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.securechat.domain.transcript.ClientId;

/** How clients name their messages. */
public enum ClientIds {
  /** UUIDs of version 4: each comes to lie somewhere else in an index. */
  RANDOM {
    @Override
    public ClientId next() {
      return new ClientId(UUID.randomUUID().toString());
    }
  },

  /** UUIDs of version 7, which begin with the time, and so come to lie side by side. */
  ORDERED {
    @Override
    public ClientId next() {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      long high = (System.currentTimeMillis() << 16) | VERSION_7 | random.nextLong(1 << 12);
      long low = VARIANT | (random.nextLong() >>> 2);
      return new ClientId(new UUID(high, low).toString());
    }
  };

  private static final long VERSION_7 = 0x7000;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  /** One that nobody has used. */
  public abstract ClientId next();
}
