package org.securechat.domain.account;

import org.securechat.domain.rejection.InvalidValueException;

/**
 * How a client stretches the password: Argon2id (RFC 9106). The server keeps it for new devices and
 * never uses it itself. Weaker parameters than the original's are refused, and so is what no client
 * would follow.
 *
 * @param memoryKib 16,384 to 1,048,576
 * @param iterations 2 to 16
 * @param parallelism 1 to 4
 */
public record KdfParameters(int memoryKib, int iterations, int parallelism) {
  /** The name of the one algorithm. */
  public static final String ALGORITHM = "argon2id";

  /** What clients of the original description use, who send none. */
  public static final KdfParameters ORIGINAL = new KdfParameters(16_384, 2, 1);

  public KdfParameters {
    if (memoryKib < 16_384
        || memoryKib > 1_048_576
        || iterations < 2
        || iterations > 16
        || parallelism < 1
        || parallelism > 4) {
      throw new InvalidValueException(
          "KDF must be argon2id with memory_kib 16384 to 1048576, iterations 2 to 16 and"
              + " parallelism 1 to 4");
    }
  }
}
