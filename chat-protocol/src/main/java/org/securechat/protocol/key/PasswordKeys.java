package org.securechat.protocol.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.securechat.crypto.HkdfSha256;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Sha256;

/**
 * All that follows from an email address and a password. The stretched password is kept in here;
 * what comes out are keys derived from it, none of which tells anything about the others.
 */
public final class PasswordKeys {
  private static final String SALT_LABEL = "secure-chat/v1/salt\n";
  private static final int SALT_LENGTH = 16;
  private static final int KEY_LENGTH = 32;
  private static final byte[] NO_SALT = {};

  private final byte[] stretched;

  private PasswordKeys(byte[] stretched) {
    this.stretched = stretched;
  }

  /**
   * Stretches the password. Takes as long and as much memory as the parameters say: with the
   * standard ones 64 MiB and about half a second.
   *
   * @param email the account's address as it was registered; case of A–Z and Unicode form make no
   *     difference
   * @throws TooLittleMemoryException if the heap does not have what the parameters ask for
   */
  public static PasswordKeys derive(EmailAddress email, Password password, PasswordKdf kdf) {
    byte[] stretched = new byte[KEY_LENGTH];
    // Made while there is memory for it: what was taken in vain may not be free again at once.
    TooLittleMemoryException shortage = new TooLittleMemoryException(kdf);
    try {
      stretch(email, password, kdf, stretched);
    } catch (OutOfMemoryError e) {
      throw shortage;
    }
    return new PasswordKeys(stretched);
  }

  private static void stretch(
      EmailAddress email, Password password, PasswordKdf kdf, byte[] stretched) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(kdf.memoryKib())
            .withIterations(kdf.iterations())
            .withParallelism(kdf.parallelism())
            .withSalt(salt(email, password))
            .build());
    argon2.generateBytes(password.secretBytes(), stretched);
  }

  /** Hidden in email and password, so that no server can choose it. */
  static byte[] salt(EmailAddress email, Password password) {
    byte[] digest =
        Sha256.of((SALT_LABEL + normalized(email) + "\n").getBytes(UTF_8), password.secretBytes())
            .toByteArray();
    return Arrays.copyOf(digest, SALT_LENGTH);
  }

  private static String normalized(EmailAddress email) {
    StringBuilder lowered = new StringBuilder(WellFormedText.normalize(email.value()));
    for (int i = 0; i < lowered.length(); i++) {
      char c = lowered.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lowered.setCharAt(i, (char) (c - 'A' + 'a'));
      }
    }
    return lowered.toString();
  }

  /** What the server gets in place of the password. */
  public LoginHash loginHash() {
    return new LoginHash(HexFormat.of().formatHex(derived("secure-chat/v1/login")));
  }

  /** What the private key is kept under at the server. */
  public WrappingKey wrappingKey() {
    return new WrappingKey(derived("secure-chat/v1/private-key"));
  }

  /** What a device seals its own files with; no other device ever sees them. */
  public DeviceKey deviceKey() {
    return new DeviceKey(derived("secure-chat/v1/device"));
  }

  byte[] secretBytes() {
    return stretched.clone();
  }

  private byte[] derived(String info) {
    return HkdfSha256.derive(stretched, NO_SALT, info.getBytes(US_ASCII), KEY_LENGTH);
  }

  @Override
  public String toString() {
    return "PasswordKeys[secret]";
  }
}
