package org.securechat.domain.timeline;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.MessageText;

/**
 * The ciphertext of a message and its nonce, opaque to the server. Immutable as long as nobody
 * changes the arrays that were given away: they are handed on without a copy, from the request to
 * the database.
 */
public final class EncryptedContent {
  /** Bytes of the largest ciphertext that any deployment lets through; most stop before. */
  public static final int MAX_LENGTH = 128 * 1024;

  private final byte[] nonce;
  private final byte[] ciphertext;

  private EncryptedContent(byte[] nonce, byte[] ciphertext) {
    this.nonce = nonce;
    this.ciphertext = ciphertext;
  }

  /**
   * Takes the arrays themselves: the caller gives them away.
   *
   * @throws InvalidValueException unless the nonce has {@value MessageText#NONCE_LENGTH} bytes and
   *     the ciphertext 1 to {@value #MAX_LENGTH}
   */
  public static EncryptedContent wrap(byte[] nonce, byte[] ciphertext) {
    requireNonce(nonce);
    requireCiphertext(ciphertext);
    return new EncryptedContent(nonce, ciphertext);
  }

  /**
   * Lets a nonce through.
   *
   * @throws InvalidValueException unless it has {@value MessageText#NONCE_LENGTH} bytes
   */
  public static byte[] requireNonce(byte[] nonce) {
    if (nonce.length != MessageText.NONCE_LENGTH) {
      throw new InvalidValueException("Must have 24 bytes");
    }
    return nonce;
  }

  /**
   * Lets a ciphertext through.
   *
   * @throws InvalidValueException unless it has 1 to {@value #MAX_LENGTH} bytes
   */
  public static byte[] requireCiphertext(byte[] ciphertext) {
    if (ciphertext.length == 0 || ciphertext.length > MAX_LENGTH) {
      throw new InvalidValueException("Must have 1 to " + MAX_LENGTH + " bytes");
    }
    return ciphertext;
  }

  /** The array itself; not to be changed. */
  public byte[] nonce() {
    return nonce;
  }

  /** The array itself; not to be changed. */
  public byte[] ciphertext() {
    return ciphertext;
  }

  /** The hash that the sender has signed. */
  public Sha256 hash() {
    return MessageText.contentHash(nonce, ciphertext);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptedContent that
        && Arrays.equals(nonce, that.nonce)
        && Arrays.equals(ciphertext, that.ciphertext);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ciphertext);
  }

  @Override
  public String toString() {
    return "EncryptedContent[" + ciphertext.length + " bytes]";
  }
}
