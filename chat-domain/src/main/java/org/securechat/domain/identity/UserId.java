package org.securechat.domain.identity;

import java.nio.ByteBuffer;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * Names an account for good; never given to another one.
 *
 * @param value 1 to 2<sup>53</sup> − 1, so that JavaScript reads it exactly; random, so that it
 *     says nothing about how many users there are
 */
public record UserId(long value) {
  /** The largest id: the largest integer that an IEEE 754 double holds without a gap below it. */
  public static final long MAX = (1L << 53) - 1;

  public UserId {
    if (value < 1 || value > MAX) {
      throw new InvalidValueException("A user id is between 1 and 2^53 - 1");
    }
  }

  /** Draws a new id. A clash with a given one is so rare that the store may fail the request. */
  public static UserId random(RandomSource random) {
    long value;
    do {
      value = ByteBuffer.wrap(random.bytes(Long.BYTES)).getLong() & MAX;
    } while (value == 0);
    return new UserId(value);
  }

  /** A place among the ids, drawn by a hash: whose account is next to it is left to chance. */
  public static UserId drawn(Sha256 hash) {
    return new UserId(Math.max(1, ByteBuffer.wrap(hash.toByteArray()).getLong() & MAX));
  }
}
