package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.securechat.crypto.AesGcm;
import org.securechat.domain.identity.RandomSource;

/**
 * A key, derived from the password or from the identity that it protects, that a device seals its
 * own secrets with. A sealed value is a random 96-bit IV, the ciphertext and the 128-bit tag of
 * AES-256-GCM.
 */
public final class DeviceKey {
  private final byte[] key;

  DeviceKey(byte[] key) {
    this.key = key;
  }

  /**
   * Seals.
   *
   * @param place what stands in the open beside the sealed value and must not change; opening wants
   *     the same text
   */
  public byte[] seal(byte[] secret, String place, RandomSource random) {
    byte[] iv = random.bytes(AesGcm.IV_LENGTH);
    byte[] encrypted = AesGcm.encrypt(key, iv, secret, place.getBytes(UTF_8));
    byte[] sealed = Arrays.copyOf(iv, iv.length + encrypted.length);
    System.arraycopy(encrypted, 0, sealed, iv.length, encrypted.length);
    return sealed;
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws DoesNotOpenException if the key is another one, or sealed value or place changed
   */
  public byte[] open(byte[] sealed, String place) throws DoesNotOpenException {
    if (sealed.length < AesGcm.IV_LENGTH + AesGcm.TAG_LENGTH) {
      throw new DoesNotOpenException();
    }
    try {
      return AesGcm.decrypt(
          key,
          Arrays.copyOf(sealed, AesGcm.IV_LENGTH),
          Arrays.copyOfRange(sealed, AesGcm.IV_LENGTH, sealed.length),
          place.getBytes(UTF_8));
    } catch (AEADBadTagException e) {
      throw new DoesNotOpenException();
    }
  }

  @Override
  public String toString() {
    return "DeviceKey[secret]";
  }
}
