package org.securechat.protocol.key;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM (NIST SP 800-38D) with a 96-bit IV and a 128-bit tag behind the ciphertext. */
final class AesGcm {
  static final int IV_LENGTH = 12;
  static final int TAG_LENGTH = 16;

  private AesGcm() {}

  static byte[] encrypt(byte[] key, byte[] iv, byte[] plaintext, byte[] associated) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, iv, associated).doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-256-GCM", e);
    }
  }

  /**
   * Decrypts.
   *
   * @throws DoesNotOpenException if anything was changed, or the key is another
   */
  static byte[] decrypt(byte[] key, byte[] iv, byte[] ciphertext, byte[] associated)
      throws DoesNotOpenException {
    try {
      return cipher(Cipher.DECRYPT_MODE, key, iv, associated).doFinal(ciphertext);
    } catch (GeneralSecurityException e) {
      throw new DoesNotOpenException();
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] iv, byte[] associated)
      throws GeneralSecurityException {
    if (iv.length != IV_LENGTH) {
      throw new IllegalArgumentException("An IV has 12 bytes, not " + iv.length);
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, iv));
    cipher.updateAAD(associated);
    return cipher;
  }
}
