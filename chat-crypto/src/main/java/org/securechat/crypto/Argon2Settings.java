package org.securechat.crypto;

import java.time.Duration;

/**
 * What a password hash costs, and how many may cost it at once.
 *
 * @param memoryKib memory of one computation in KiB, 19456 (OWASP's least) to 1 GiB
 * @param iterations passes over the memory, 2 to 16
 * @param parallelism lanes, 1 to 16; each is a thread of its own
 * @param threads computations at a time, at least 1
 * @param maxWait how long a caller waits for one of them to begin
 * @param queue how many callers wait at most; further ones are refused at once
 */
public record Argon2Settings(
    int memoryKib, int iterations, int parallelism, int threads, Duration maxWait, int queue) {
  static final int MAX_MEMORY_KIB = 1 << 20;
  static final int MAX_ITERATIONS = 16;
  static final int MAX_PARALLELISM = 16;

  private static final int MIN_MEMORY_KIB = 19456;
  private static final int MIN_ITERATIONS = 2;

  public Argon2Settings {
    requireWithin("memoryKib", memoryKib, MIN_MEMORY_KIB, MAX_MEMORY_KIB);
    requireWithin("iterations", iterations, MIN_ITERATIONS, MAX_ITERATIONS);
    requireWithin("parallelism", parallelism, 1, MAX_PARALLELISM);
    requireWithin("threads", threads, 1, Short.MAX_VALUE);
    requireWithin("queue", queue, 0, Short.MAX_VALUE);
    if (maxWait.isNegative()) {
      throw new IllegalArgumentException("maxWait is negative: " + maxWait);
    }
  }

  /** 19 MiB, two passes, one lane; two at a time, the others wait for up to 10 s. */
  public static Argon2Settings defaults() {
    return new Argon2Settings(MIN_MEMORY_KIB, MIN_ITERATIONS, 1, 2, Duration.ofSeconds(10), 256);
  }

  private static void requireWithin(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, not %d".formatted(name, least, most, value));
    }
  }
}
