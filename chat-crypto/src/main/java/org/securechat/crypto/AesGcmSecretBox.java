package org.securechat.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.securechat.domain.credential.SealedPlace;
import org.securechat.domain.credential.SecretBox;
import org.securechat.domain.identity.RandomSource;

/**
 * Seals with AES-256-GCM (NIST SP 800-38D) of the platform. A sealed value is a version byte, a
 * random 96-bit IV, the ciphertext and the 128-bit tag; version and place are authenticated with
 * it. Immutable, safe for use by many threads.
 *
 * <p>Random IVs limit one key to some 2^32 sealings.
 */
public final class AesGcmSecretBox implements SecretBox {
  private static final byte VERSION = 1;
  private static final int HEAD_LENGTH = 1 + AesGcm.IV_LENGTH;

  private final byte[] key;
  private final RandomSource random;

  /**
   * Takes a copy of the key.
   *
   * @param key 32 bytes, such as {@link ServerSecret#sealingKey()}
   */
  public AesGcmSecretBox(byte[] key, RandomSource random) {
    if (key.length != AesGcm.KEY_LENGTH) {
      throw new IllegalArgumentException("A sealing key has 32 bytes, not " + key.length);
    }
    this.key = key.clone();
    this.random = random;
  }

  @Override
  public byte[] seal(byte[] secret, SealedPlace place) {
    byte[] iv = random.bytes(AesGcm.IV_LENGTH);
    byte[] encrypted = AesGcm.encrypt(key, iv, secret, associatedData(place));
    return ByteBuffer.allocate(HEAD_LENGTH + encrypted.length)
        .put(VERSION)
        .put(iv)
        .put(encrypted)
        .array();
  }

  @Override
  public byte[] open(byte[] sealed, SealedPlace place) {
    if (sealed.length < HEAD_LENGTH || sealed[0] != VERSION) {
      throw doesNotOpen();
    }
    try {
      return AesGcm.decrypt(
          key,
          Arrays.copyOfRange(sealed, 1, HEAD_LENGTH),
          Arrays.copyOfRange(sealed, HEAD_LENGTH, sealed.length),
          associatedData(place));
    } catch (AEADBadTagException e) {
      throw doesNotOpen();
    }
  }

  /** Each part behind its length, so that no two places have the same bytes. */
  private static byte[] associatedData(SealedPlace place) {
    byte[] column = place.column().getBytes(UTF_8);
    byte[] row = place.row().getBytes(UTF_8);
    return ByteBuffer.allocate(1 + Integer.BYTES + column.length + Integer.BYTES + row.length)
        .put(VERSION)
        .putInt(column.length)
        .put(column)
        .putInt(row.length)
        .put(row)
        .array();
  }

  private static IllegalStateException doesNotOpen() {
    return new IllegalStateException("A sealed value does not open with this key in this place");
  }
}
