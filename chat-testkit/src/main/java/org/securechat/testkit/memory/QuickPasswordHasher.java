package org.securechat.testkit.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PasswordHasher;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;

/** Salted SHA-256: quick enough for tests, and no protection at all for real passwords. */
public final class QuickPasswordHasher implements PasswordHasher {
  private static final int SALT_BYTES = 16;

  private final RandomSource random;

  public QuickPasswordHasher(RandomSource random) {
    this.random = random;
  }

  @Override
  public PasswordVerifier hash(PasswordHash received) {
    return verifier(random.bytes(SALT_BYTES), received.secretBytes());
  }

  @Override
  public PasswordVerifier decoy() {
    return verifier(random.bytes(SALT_BYTES), random.bytes(SALT_BYTES));
  }

  @Override
  public boolean matches(PasswordVerifier verifier, PasswordHash presented) {
    byte[] salt = HexFormat.of().parseHex(verifier.phc().split("\\$", -1)[2]);
    return MessageDigest.isEqual(
        verifier.phc().getBytes(StandardCharsets.US_ASCII),
        verifier(salt, presented.secretBytes()).phc().getBytes(StandardCharsets.US_ASCII));
  }

  private static PasswordVerifier verifier(byte[] salt, byte[] secret) {
    return new PasswordVerifier(
        "$quick$" + HexFormat.of().formatHex(salt) + "$" + Sha256.of(salt, secret).toHex());
  }
}
