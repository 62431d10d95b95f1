package org.securechat.app;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.securechat.domain.account.EncryptedPrivateKey;
import org.securechat.domain.account.EncryptionIv;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.Registration;
import org.securechat.domain.account.RegistrationForm;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Username;
import org.securechat.domain.request.Envelope;
import org.securechat.domain.request.RequestLine;
import org.securechat.domain.request.SignedRequest;

/**
 * An account that {@code db seed} makes, whose every secret follows from its name: for development,
 * where knowing them is the purpose. Does what a client of the original description does.
 */
record SeedAccount(String name) {
  private static final int SALT_BYTES = 16;
  private static final int TAG_BITS = 128;

  String email() {
    return name + "@example.org";
  }

  String password() {
    return name + "-password";
  }

  /** The Ed25519 seed, 32 bytes. */
  byte[] privateKey() {
    return sha256("secure-chat seed account " + name);
  }

  IdentityKey identityKey() {
    byte[] key = new byte[IdentityKey.LENGTH];
    Ed25519.generatePublicKey(privateKey(), 0, key, 0);
    return IdentityKey.copyOf(key);
  }

  /** Argon2id over the password, with the salt hidden in password and email. */
  String passwordHash() {
    KdfParameters kdf = KdfParameters.ORIGINAL;
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withMemoryAsKB(kdf.memoryKib())
            .withIterations(kdf.iterations())
            .withParallelism(kdf.parallelism())
            .withSalt(Arrays.copyOf(sha256(password() + email()), SALT_BYTES))
            .build());
    byte[] hash = new byte[32];
    argon2.generateBytes(password().getBytes(StandardCharsets.UTF_8), hash);
    return HexFormat.of().formatHex(hash);
  }

  RegistrationForm registrationForm() {
    byte[] iv = Arrays.copyOf(sha256("iv of " + name), SALT_BYTES);
    Profile profile =
        new Profile(
            new Username(name),
            new EmailAddress(email()),
            identityKey(),
            new EncryptionIv(HexFormat.of().formatHex(iv)),
            KdfParameters.ORIGINAL,
            Optional.empty());
    return new RegistrationForm(
        this::identityKey,
        () ->
            new Registration(profile, PasswordHash.parse(passwordHash()), encryptedPrivateKey(iv)));
  }

  private EncryptedPrivateKey encryptedPrivateKey(byte[] iv) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(sha256(password()), "AES"),
          new GCMParameterSpec(TAG_BITS, iv));
      return EncryptedPrivateKey.copyOf(cipher.doFinal(privateKey()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A request that the account has signed.
   *
   * @param data a JSON object without white space
   */
  SignedRequest request(String path, String data, Instant signedAt) {
    String timestamp = Long.toString(signedAt.getEpochSecond());
    String signed = "{\"data\":" + data + ",\"timestamp\":" + timestamp + "}";
    Envelope envelope =
        new Envelope(
            HexFormat.of().formatHex(sign(sha256(signed))),
            timestamp,
            Envelope.DataText.wrap(data.getBytes(StandardCharsets.UTF_8)),
            null);
    return SignedRequest.of(envelope, new RequestLine("POST", path));
  }

  private byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(privateKey(), 0, message, 0, message.length, signature, 0);
    return signature;
  }

  private static byte[] sha256(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).toByteArray();
  }
}
