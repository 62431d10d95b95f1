package org.securechat.testkit.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.securechat.domain.credential.SealedPlace;
import org.securechat.domain.credential.SecretBox;
import org.securechat.domain.identity.RandomSource;

/** AES-256-GCM under a key that is drawn once and kept nowhere. */
public final class JdkSecretBox implements SecretBox {
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final RandomSource random;
  private final SecretKeySpec key;

  public JdkSecretBox(RandomSource random) {
    this.random = random;
    this.key = new SecretKeySpec(random.bytes(KEY_BYTES), "AES");
  }

  @Override
  public byte[] seal(byte[] secret, SealedPlace place) {
    byte[] iv = random.bytes(IV_BYTES);
    byte[] ciphertext = run(Cipher.ENCRYPT_MODE, iv, secret, place);
    return ByteBuffer.allocate(iv.length + ciphertext.length).put(iv).put(ciphertext).array();
  }

  @Override
  public byte[] open(byte[] sealed, SealedPlace place) {
    if (sealed.length < IV_BYTES + TAG_BITS / Byte.SIZE) {
      throw new IllegalStateException("A sealed value does not open");
    }
    byte[] iv = new byte[IV_BYTES];
    byte[] ciphertext = new byte[sealed.length - IV_BYTES];
    ByteBuffer.wrap(sealed).get(iv).get(ciphertext);
    return run(Cipher.DECRYPT_MODE, iv, ciphertext, place);
  }

  private byte[] run(int mode, byte[] iv, byte[] input, SealedPlace place) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
      cipher.updateAAD((place.column() + "\n" + place.row()).getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A sealed value does not open", e);
    }
  }
}
