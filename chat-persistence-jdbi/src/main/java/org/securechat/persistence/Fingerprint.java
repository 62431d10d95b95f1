package org.securechat.persistence;

import org.securechat.domain.identity.UserId;

/**
 * What tells one state of a user's conversations from the next.
 *
 * @param value of counts and sums over all of them, each of which grows with what it tells of
 */
record Fingerprint(UserId user, long value) {
  private static final long FACTOR = 0x9e3779b97f4a7c15L;

  static Fingerprint of(UserId user, long... parts) {
    long value = 0;
    for (long part : parts) {
      value = (value + part) * FACTOR;
      value ^= value >>> Integer.SIZE;
    }
    return new Fingerprint(user, value);
  }
}
