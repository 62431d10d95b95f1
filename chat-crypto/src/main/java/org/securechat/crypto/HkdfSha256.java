package org.securechat.crypto;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF with HMAC-SHA256 (RFC 5869), extract and expand in one. */
public final class HkdfSha256 {
  private HkdfSha256() {}

  /**
   * Derives a key, in an array of its own.
   *
   * @param salt may be empty, which stands for 32 zero bytes (section 2.2)
   * @param info what the key is for; may be empty
   * @param length bytes of the key, 1 to 8160
   */
  public static byte[] derive(byte[] keyMaterial, byte[] salt, byte[] info, int length) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(SHA256Digest.newInstance());
    hkdf.init(new HKDFParameters(keyMaterial, salt, info));
    byte[] derived = new byte[length];
    hkdf.generateBytes(derived, 0, length);
    return derived;
  }
}
