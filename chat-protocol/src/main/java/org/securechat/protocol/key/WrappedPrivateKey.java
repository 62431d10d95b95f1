package org.securechat.protocol.key;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.securechat.crypto.AesGcm;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * A private key under a {@link WrappingKey}, with the IV: what a server keeps for its owner's other
 * devices. Guessing the password is all that it lets a thief do, so it doesn't print itself either.
 */
public final class WrappedPrivateKey {
  private static final Pattern IV = Pattern.compile("[0-9a-f]{24}");
  private static final int LENGTH = IdentityKeyPair.SEED_LENGTH + AesGcm.TAG_LENGTH;

  private final byte[] iv;
  private final byte[] ciphertext;

  WrappedPrivateKey(byte[] iv, byte[] ciphertext) {
    this.iv = iv;
    this.ciphertext = ciphertext;
  }

  /**
   * Reads the two members of an account.
   *
   * @param encryptedPrivateKey base64 of 48 bytes
   * @param encryptionIv 24 hex digits in lower case
   * @throws InvalidValueException for any other form, that of original clients' keys too
   */
  public static WrappedPrivateKey parse(String encryptedPrivateKey, String encryptionIv) {
    if (!IV.matcher(encryptionIv).matches()) {
      throw new InvalidValueException("The IV must be 24 hex digits");
    }
    byte[] ciphertext = Base64Text.decode(encryptedPrivateKey);
    if (ciphertext.length != LENGTH) {
      throw new InvalidValueException("An encrypted private key has 48 bytes");
    }
    return new WrappedPrivateKey(HexFormat.of().parseHex(encryptionIv), ciphertext);
  }

  /** The member {@code encrypted_private_key}: base64. */
  public String encryptedPrivateKey() {
    return Base64Text.encode(ciphertext);
  }

  /** The member {@code encryption_iv}: 24 hex digits in lower case. */
  public String encryptionIv() {
    return HexFormat.of().formatHex(iv);
  }

  byte[] iv() {
    return iv.clone();
  }

  byte[] ciphertext() {
    return ciphertext.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WrappedPrivateKey that
        && Arrays.equals(iv, that.iv)
        && Arrays.equals(ciphertext, that.ciphertext);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(iv) + Arrays.hashCode(ciphertext);
  }

  @Override
  public String toString() {
    return "WrappedPrivateKey[iv " + encryptionIv() + "]";
  }
}
