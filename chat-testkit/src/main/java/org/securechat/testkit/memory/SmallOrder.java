package org.securechat.testkit.memory;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The encodings of curve25519's points of order 1, 2, 4 and 8, and what a canonical encoding is.
 */
final class SmallOrder {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final int POINT = 32;

  /** Without the sign bit, which is cleared before a look-up. */
  private static final Set<String> Y_COORDINATES =
      Stream.of(
              "0000000000000000000000000000000000000000000000000000000000000000",
              "0100000000000000000000000000000000000000000000000000000000000000",
              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
              "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
              "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")
          .collect(Collectors.toUnmodifiableSet());

  private SmallOrder() {}

  static boolean startsWithOne(byte[] bytes) {
    byte[] y = Arrays.copyOf(bytes, POINT);
    y[POINT - 1] &= 0x7f;
    return Y_COORDINATES.contains(HexFormat.of().formatHex(y));
  }

  /** Whether the y coordinate is reduced modulo p (RFC 8032, section 5.1.3). */
  static boolean isCanonical(byte[] bytes) {
    byte[] bigEndian = new byte[POINT];
    for (int i = 0; i < POINT; i++) {
      bigEndian[i] = bytes[POINT - 1 - i];
    }
    bigEndian[0] &= 0x7f;
    return new BigInteger(1, bigEndian).compareTo(P) < 0;
  }
}
