package org.securechat.testkit.memory;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.credential.TotpCodes;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Username;

/** RFC 6238 on the JDK's HMAC, so that tests need no other library; not in constant time. */
public final class HmacTotpCodes implements TotpCodes {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int SECRET_LETTERS = 32;
  private static final int SECRET_BYTES = 20;

  private final RandomSource random;

  public HmacTotpCodes(RandomSource random) {
    this.random = random;
  }

  @Override
  public TotpSecret newSecret() {
    StringBuilder text = new StringBuilder();
    for (byte b : random.bytes(SECRET_LETTERS)) {
      text.append(BASE32.charAt(b & 31));
    }
    return TotpSecret.parse(text.toString());
  }

  @Override
  public TotpCode codeAt(TotpSecret secret, TotpStep step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(decode(secret.secretText()), "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step.number()).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
      return TotpCode.parse("%06d".formatted(number % 1_000_000));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<TotpStep> match(TotpSecret secret, TotpCode code, Instant now) {
    return IntStream.rangeClosed(-1, 1)
        .mapToObj(TotpStep.at(now)::plus)
        .filter(step -> codeAt(secret, step).secretText().equals(code.secretText()))
        .findFirst();
  }

  @Override
  public String provisioningUri(TotpSecret secret, Username account) {
    return "otpauth://totp/Test:"
        + account.value()
        + "?secret="
        + secret.secretText()
        + "&issuer=Test";
  }

  private static byte[] decode(String base32) {
    byte[] bytes = new byte[SECRET_BYTES];
    int buffer = 0;
    int bits = 0;
    int next = 0;
    for (int i = 0; i < base32.length(); i++) {
      buffer = (buffer << 5) | BASE32.indexOf(base32.charAt(i));
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[next++] = (byte) (buffer >> bits);
      }
    }
    return bytes;
  }
}
