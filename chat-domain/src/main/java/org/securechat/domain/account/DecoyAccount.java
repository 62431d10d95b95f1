package org.securechat.domain.account;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.securechat.domain.credential.CredentialGate;
import org.securechat.domain.credential.TotpCodes;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;

/**
 * Stands in for an account that nobody has, so that a name that is taken and one that is free cost
 * the same work. Nothing that is presented for it is right.
 */
final class DecoyAccount {
  /**
   * It is SHA-256 of {@code secure-chat/v1/decoy-key 7}, the first such digest that is a sound key,
   * so that nobody has its private half.
   */
  private static final IdentityKey KEY =
      IdentityKey.copyOf(
          HexFormat.of()
              .parseHex("1e65ff4dfd869fb2c5a5d2f1f67cc50746a6ecd5f9049a00c4e3551ae28e2b35"));

  private DecoyAccount() {}

  static Account make(
      CredentialGate gate, TotpCodes codes, AccountSecrets secrets, RandomSource random) {
    UserId id = UserId.random(random);
    Profile profile =
        new Profile(
            new Username("decoy"),
            new EmailAddress("decoy@example.org"),
            KEY,
            new EncryptionIv("0".repeat(24)),
            KdfParameters.ORIGINAL,
            Optional.empty());
    EncryptedPrivateKey privateKey =
        EncryptedPrivateKey.copyOf(random.bytes(EncryptedPrivateKey.MIN_LENGTH));
    return new Account(
        id,
        profile,
        secrets.sealForAccount(id, gate.decoy(), privateKey, codes.newSecret()),
        Instant.EPOCH);
  }
}
