package org.securechat.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.securechat.domain.identity.Signature;

/**
 * The rules for an Ed25519 signature's bytes that need no curve arithmetic (RFC 8032, section
 * 5.1.7, and stricter): the ones that libraries disagree about.
 */
final class StrictSignatureForm {
  private static final int HALF = Signature.LENGTH / 2;
  private static final int TOP = HALF - 1;

  /** The group order L, little-endian as everything here. */
  private static final byte[] ORDER =
      hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

  /** The field's prime, 2^255 − 19. */
  private static final byte[] PRIME =
      hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  /** The y of all eight points of small order; the sign of x makes no difference. */
  private static final List<byte[]> SMALL_ORDER =
      List.of(
          hex("0000000000000000000000000000000000000000000000000000000000000000"),
          hex("0100000000000000000000000000000000000000000000000000000000000000"),
          hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
          hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
          hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));

  private StrictSignatureForm() {}

  /** Whether S is below the group order, and R neither an oversized y nor of small order. */
  static boolean holdsFor(byte[] signature) {
    byte[] y = Arrays.copyOf(signature, HALF);
    y[TOP] &= 0x7f;
    byte[] s = Arrays.copyOfRange(signature, HALF, Signature.LENGTH);
    return isBelow(s, ORDER) && isBelow(y, PRIME) && !isOfSmallOrder(y);
  }

  private static boolean isBelow(byte[] number, byte[] bound) {
    for (int i = TOP; i >= 0; i--) {
      int order = Byte.compareUnsigned(number[i], bound[i]);
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  private static boolean isOfSmallOrder(byte[] y) {
    return SMALL_ORDER.stream().anyMatch(small -> Arrays.equals(small, y));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
