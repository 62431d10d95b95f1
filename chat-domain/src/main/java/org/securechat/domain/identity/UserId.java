package org.securechat.domain.identity;

import java.nio.ByteBuffer;

/**
 * Names an account for good; never given to another one.
 *
 * @param value 1 to 2<sup>53</sup> − 1, so that JavaScript reads it exactly; random, so that it
 *     says nothing about how many users there are
 */
public record UserId(long value) {
  /** The largest id. */
  public static final long MAX = ExactInteger.MAX;

  public UserId {
    ExactInteger.require(value, 1, "A user id");
  }

  /** Draws a new id. A clash with a given one is so rare that the store may fail the request. */
  public static UserId random(RandomSource random) {
    return new UserId(ExactInteger.random(random));
  }

  /** A place among the ids, drawn by a hash: whose account is next to it is left to chance. */
  public static UserId drawn(Sha256 hash) {
    return new UserId(Math.max(1, ByteBuffer.wrap(hash.toByteArray()).getLong() & MAX));
  }
}
