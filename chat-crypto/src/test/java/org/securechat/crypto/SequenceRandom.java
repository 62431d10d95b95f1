package org.securechat.crypto;

import org.securechat.domain.identity.RandomSource;

/** Counts up, so that tests know every byte. For one thread. */
final class SequenceRandom implements RandomSource {
  private int next;

  @Override
  public byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) next++;
    }
    return bytes;
  }
}
