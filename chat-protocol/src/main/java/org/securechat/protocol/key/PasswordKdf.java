package org.securechat.protocol.key;

import org.securechat.domain.rejection.InvalidValueException;

/**
 * How a password is stretched: Argon2id version 1.3 (RFC 9106) to 32 bytes. Weaker parameters can't
 * be made, whoever names them: a server that asked for them could guess the password; neither can
 * ones that would stop a device.
 *
 * @param memoryKib 65,536 to 1,048,576
 * @param iterations 3 to 16
 * @param parallelism 1 to 4
 */
public record PasswordKdf(int memoryKib, int iterations, int parallelism) {
  private static final int MIN_MEMORY_KIB = 65_536;
  private static final int MAX_MEMORY_KIB = 1_048_576;
  private static final int MIN_ITERATIONS = 3;
  private static final int MAX_ITERATIONS = 16;
  private static final int MAX_PARALLELISM = 4;

  /** What new accounts get: 64 MiB, 3 iterations, 1 lane. */
  public static final PasswordKdf STANDARD = new PasswordKdf(MIN_MEMORY_KIB, MIN_ITERATIONS, 1);

  public PasswordKdf {
    if (memoryKib < MIN_MEMORY_KIB
        || memoryKib > MAX_MEMORY_KIB
        || iterations < MIN_ITERATIONS
        || iterations > MAX_ITERATIONS
        || parallelism < 1
        || parallelism > MAX_PARALLELISM) {
      throw new InvalidValueException(
          "Argon2id must have 65536 to 1048576 KiB, 3 to 16 iterations and 1 to 4 lanes");
    }
  }
}
