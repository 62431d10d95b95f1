package org.securechat.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
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
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int KEY_LENGTH = 32;
  private static final byte VERSION = 1;
  private static final int IV_LENGTH = 12;
  private static final int HEAD_LENGTH = 1 + IV_LENGTH;
  private static final int TAG_LENGTH = 16;

  private final SecretKeySpec key;
  private final RandomSource random;

  /**
   * Takes a copy of the key.
   *
   * @param key 32 bytes, such as {@link ServerSecret#sealingKey()}
   */
  public AesGcmSecretBox(byte[] key, RandomSource random) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("A sealing key has 32 bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  @Override
  public byte[] seal(byte[] secret, SealedPlace place) {
    byte[] iv = random.bytes(IV_LENGTH);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, iv, place).doFinal(secret);
      return ByteBuffer.allocate(HEAD_LENGTH + encrypted.length)
          .put(VERSION)
          .put(iv)
          .put(encrypted)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-256-GCM", e);
    }
  }

  @Override
  public byte[] open(byte[] sealed, SealedPlace place) {
    if (sealed.length < HEAD_LENGTH + TAG_LENGTH || sealed[0] != VERSION) {
      throw doesNotOpen();
    }
    byte[] iv = new byte[IV_LENGTH];
    System.arraycopy(sealed, 1, iv, 0, IV_LENGTH);
    try {
      return cipher(Cipher.DECRYPT_MODE, iv, place)
          .doFinal(sealed, HEAD_LENGTH, sealed.length - HEAD_LENGTH);
    } catch (GeneralSecurityException e) {
      throw doesNotOpen();
    }
  }

  private Cipher cipher(int mode, byte[] iv, SealedPlace place) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, iv));
    cipher.updateAAD(associatedData(place));
    return cipher;
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
