package org.securechat.domain.identity;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * A user's Ed25519 public key (RFC 8032), {@value #LENGTH} bytes, kept for good. That the bytes are
 * a sound point is {@link SignatureVerifier#isSound}'s to say.
 *
 * <p>Immutable; bytes go in and out as copies.
 */
public final class IdentityKey {
  /** Bytes of the encoded point. */
  public static final int LENGTH = 32;

  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";
  private static final int MAX_PEM_LENGTH = 256;

  /** The DER of a SubjectPublicKeyInfo for Ed25519 (RFC 8410, section 4) before the key's bytes. */
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final byte[] bytes;

  private IdentityKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes the encoded point.
   *
   * @throws InvalidValueException unless there are {@value #LENGTH} bytes
   */
  public static IdentityKey copyOf(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new InvalidValueException("An Ed25519 key has 32 bytes, not " + bytes.length);
    }
    return new IdentityKey(bytes.clone());
  }

  /**
   * Reads a PEM SubjectPublicKeyInfo (RFC 7468, section 13) in its one exact form; line breaks may
   * stand anywhere or nowhere.
   *
   * @throws InvalidValueException for any other text, algorithm or length
   */
  public static IdentityKey parsePem(String pem) {
    if (pem.length() <= MAX_PEM_LENGTH) {
      String text = pem.replace("\r", "").replace("\n", "");
      if (text.startsWith(BEGIN)
          && text.endsWith(END)
          && text.length() > BEGIN.length() + END.length()) {
        byte[] der = decode(text.substring(BEGIN.length(), text.length() - END.length()));
        int prefix = SPKI_PREFIX.length;
        if (der.length == prefix + LENGTH
            && Arrays.equals(der, 0, prefix, SPKI_PREFIX, 0, prefix)) {
          return new IdentityKey(Arrays.copyOfRange(der, prefix, der.length));
        }
      }
    }
    throw new InvalidValueException(
        "Public key must be the PEM of an Ed25519 SubjectPublicKeyInfo");
  }

  private static byte[] decode(String base64) {
    try {
      return Base64Text.decode(base64);
    } catch (InvalidValueException e) {
      return new byte[0];
    }
  }

  /** The PEM of the SubjectPublicKeyInfo, three lines, without a line break at the end. */
  public String toPem() {
    return BEGIN + "\n" + Base64Text.encode(toSpki()) + "\n" + END;
  }

  /** The DER of the SubjectPublicKeyInfo, 44 bytes. */
  public byte[] toSpki() {
    byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + LENGTH);
    System.arraycopy(bytes, 0, spki, SPKI_PREFIX.length, LENGTH);
    return spki;
  }

  /** The encoded point, {@value #LENGTH} bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** The encoded point in hex, 64 digits in lower case. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IdentityKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The key in hex; it is public. */
  @Override
  public String toString() {
    return "IdentityKey[" + toHex() + "]";
  }
}
