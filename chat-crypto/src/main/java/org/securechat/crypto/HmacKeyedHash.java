package org.securechat.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.securechat.domain.credential.KeyedHash;
import org.securechat.domain.identity.Sha256;

/** HMAC-SHA256 (RFC 2104) by the JDK. Safe for use by many threads. */
public final class HmacKeyedHash implements KeyedHash {
  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * Takes a copy of the key.
   *
   * @param key 32 bytes, such as {@link ServerSecret#namesKey()}
   */
  public HmacKeyedHash(byte[] key) {
    if (key.length != ServerSecret.KEY_LENGTH) {
      throw new IllegalArgumentException("A key of names has 32 bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, HMAC);
  }

  @Override
  public Sha256 of(String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Sha256.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
    }
  }
}
