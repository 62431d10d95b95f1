package org.securechat.protocol.content;

import java.util.Arrays;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * Padding to few lengths, so that the length of a ciphertext says little: 0x80 and zeros, up to 256
 * bytes or, above that, to the next Padmé length (Nikitin et al., PETS 2019), at most 12 % more.
 */
final class Padding {
  private static final int SHORTEST = 256;
  private static final byte MARK = (byte) 0x80;

  private Padding() {}

  static byte[] pad(byte[] text) {
    byte[] padded = Arrays.copyOf(text, paddedLength(text.length + 1));
    padded[text.length] = MARK;
    return padded;
  }

  /**
   * Takes the padding away.
   *
   * @throws InvalidValueException unless it is the one that {@link #pad} makes
   */
  static byte[] unpad(byte[] padded) {
    int end = padded.length - 1;
    while (end >= 0 && padded[end] == 0) {
      end--;
    }
    if (end < 0 || padded[end] != MARK || paddedLength(end + 1) != padded.length) {
      throw new InvalidValueException("The padding is not the one of this length");
    }
    return Arrays.copyOf(padded, end);
  }

  private static int paddedLength(int length) {
    if (length <= SHORTEST) {
      return SHORTEST;
    }
    int exponent = floorLog2(length);
    int step = 1 << (exponent - (floorLog2(exponent) + 1));
    return (length + step - 1) / step * step;
  }

  private static int floorLog2(int number) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number);
  }
}
