package org.securechat.domain.file;

import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.RandomSource;

/**
 * Names a file.
 *
 * @param value 1 to 2<sup>53</sup> − 1; random, so that it says nothing about how many there are
 */
public record FileId(long value) {
  public FileId {
    ExactInteger.require(value, 1, "A file id");
  }

  /** Draws a new id. A clash with a given one is so rare that the store may fail the request. */
  public static FileId random(RandomSource random) {
    return new FileId(ExactInteger.random(random));
  }
}
