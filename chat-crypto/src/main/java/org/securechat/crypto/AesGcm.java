package org.securechat.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) of the platform, with a 96-bit IV and the 128-bit tag behind the
 * ciphertext. One key and IV may encrypt once only.
 */
public final class AesGcm {
  /** Bytes of a key. */
  public static final int KEY_LENGTH = 32;

  /** Bytes of an IV. */
  public static final int IV_LENGTH = 12;

  /** Bytes that a ciphertext is longer than what was encrypted. */
  public static final int TAG_LENGTH = 16;

  private AesGcm() {}

  /** Encrypts; the tag is the end of the result. */
  public static byte[] encrypt(byte[] key, byte[] iv, byte[] plaintext, byte[] associated) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, iv, associated).doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-256-GCM", e);
    }
  }

  /**
   * Decrypts.
   *
   * @throws AEADBadTagException if anything was changed, or the key is another
   */
  public static byte[] decrypt(byte[] key, byte[] iv, byte[] ciphertext, byte[] associated)
      throws AEADBadTagException {
    if (ciphertext.length < TAG_LENGTH) {
      throw new AEADBadTagException("There is no tag");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, key, iv, associated).doFinal(ciphertext);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has AES-256-GCM", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] iv, byte[] associated)
      throws GeneralSecurityException {
    if (key.length != KEY_LENGTH || iv.length != IV_LENGTH) {
      throw new IllegalArgumentException("A key has 32 bytes and an IV 12");
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, iv));
    cipher.updateAAD(associated);
    return cipher;
  }
}
