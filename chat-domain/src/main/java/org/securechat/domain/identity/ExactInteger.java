package org.securechat.domain.identity;

import java.nio.ByteBuffer;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * The integers that every client reads exactly, JavaScript included: those below 2<sup>53</sup>.
 */
public final class ExactInteger {
  /** The largest integer that an IEEE 754 double holds without a gap below it. */
  public static final long MAX = (1L << 53) - 1;

  private ExactInteger() {}

  /**
   * Gives the value back if it is in range.
   *
   * @param least the smallest one allowed
   * @param name what it is, as a sentence begins with it
   * @throws InvalidValueException below {@code least} or above {@link #MAX}
   */
  public static long require(long value, long least, String name) {
    if (value < least || value > MAX) {
      throw new InvalidValueException(name + " is between " + least + " and 2^53 - 1");
    }
    return value;
  }

  /** Draws one from 1 to {@link #MAX}, each as likely. */
  public static long random(RandomSource random) {
    long value;
    do {
      value = ByteBuffer.wrap(random.bytes(Long.BYTES)).getLong() & MAX;
    } while (value == 0);
    return value;
  }
}
