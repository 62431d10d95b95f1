package org.securechat.testkit.memory;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.securechat.domain.credential.KeyedHash;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;

/** HMAC-SHA256 under a key that is drawn anew for each instance. */
public final class JdkKeyedHash implements KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;

  public JdkKeyedHash(RandomSource random) {
    this.key = new SecretKeySpec(random.bytes(KEY_BYTES), ALGORITHM);
  }

  @Override
  public Sha256 of(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Sha256.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HMAC-SHA256", e);
    }
  }
}
