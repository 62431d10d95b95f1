package org.securechat.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.samstevens.totp.code.CodeGenerator;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.code.HashingAlgorithm;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.util.encoders.Base32;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.credential.TotpCodes;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Username;

/**
 * One-time codes (RFC 6238) from the code generator of {@code dev.samstevens.totp}. Keeps no state,
 * safe for use by many threads.
 */
public final class SamstevensTotpCodes implements TotpCodes {
  private static final int DIGITS = 6;
  private static final int SECRET_BYTES = 20;

  private final RandomSource random;
  private final String issuer;
  private final CodeGenerator generator = new DefaultCodeGenerator(HashingAlgorithm.SHA1, DIGITS);

  /**
   * Says who issues the codes.
   *
   * @param issuer what an authenticator application shows above the code; without a colon, which
   *     separates it from the account
   */
  public SamstevensTotpCodes(RandomSource random, String issuer) {
    if (issuer.isBlank() || issuer.contains(":")) {
      throw new IllegalArgumentException("An issuer has a name, without a colon");
    }
    this.random = random;
    this.issuer = issuer;
  }

  @Override
  public TotpSecret newSecret() {
    return TotpSecret.parse(Base32.toBase32String(random.bytes(SECRET_BYTES)));
  }

  @Override
  public TotpCode codeAt(TotpSecret secret, TotpStep step) {
    return TotpCode.parse(digitsAt(secret, step));
  }

  @Override
  public Optional<TotpStep> match(TotpSecret secret, TotpCode code, Instant now) {
    byte[] presented = code.secretText().getBytes(UTF_8);
    @Nullable TotpStep matching = null;
    for (int distance = -1; distance <= 1; distance++) {
      TotpStep step = TotpStep.at(now).plus(distance);
      if (MessageDigest.isEqual(digitsAt(secret, step).getBytes(UTF_8), presented)) {
        matching = step;
      }
    }
    return Optional.ofNullable(matching);
  }

  /** The generator writes its digits in the default locale's numerals, so they are read back. */
  private String digitsAt(TotpSecret secret, TotpStep step) {
    try {
      int number = Integer.parseInt(generator.generate(secret.secretText(), step.number()));
      return String.format(Locale.ROOT, "%0" + DIGITS + "d", number);
    } catch (CodeGenerationException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA1", e);
    }
  }

  @Override
  public String provisioningUri(TotpSecret secret, Username account) {
    String encodedIssuer = percentEncoded(issuer);
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
        .formatted(
            encodedIssuer,
            percentEncoded(account.value()),
            secret.secretText(),
            encodedIssuer,
            DIGITS,
            TotpStep.PERIOD.toSeconds());
  }

  private static String percentEncoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
