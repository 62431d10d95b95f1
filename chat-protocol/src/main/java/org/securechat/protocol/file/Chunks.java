package org.securechat.protocol.file;

import java.nio.ByteBuffer;
import org.securechat.crypto.AesGcm;

/** How a file is cut, and under which IV each piece is sealed. */
final class Chunks {
  /** Bytes of each chunk but the last, which has fewer or as many. */
  static final int PLAIN = 64 * 1024;

  static final int SEALED = PLAIN + AesGcm.TAG_LENGTH;

  static final byte[] NOTHING_ASSOCIATED = {};

  private Chunks() {}

  /** The number in 11 bytes, big-endian, and whether it is the last. */
  static byte[] iv(long number, boolean last) {
    return ByteBuffer.allocate(AesGcm.IV_LENGTH)
        .putLong(3, number)
        .put(AesGcm.IV_LENGTH - 1, (byte) (last ? 1 : 0))
        .array();
  }
}
