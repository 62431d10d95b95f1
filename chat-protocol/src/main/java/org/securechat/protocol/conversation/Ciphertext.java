package org.securechat.protocol.conversation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.MessageText;

/** What was encrypted of a message, and the nonce of its key. Immutable. */
public final class Ciphertext {
  private final byte[] nonce;
  private final byte[] content;

  Ciphertext(byte[] nonce, byte[] content) {
    this.nonce = nonce;
    this.content = content;
  }

  /**
   * Takes the two as they come from a server.
   *
   * @throws InvalidValueException unless the nonce has 24 bytes
   */
  public static Ciphertext copyOf(byte[] nonce, byte[] content) {
    if (nonce.length != MessageText.NONCE_LENGTH) {
      throw new InvalidValueException("A nonce has 24 bytes");
    }
    return new Ciphertext(nonce.clone(), content.clone());
  }

  /** 24 bytes, in an array of their own. */
  public byte[] nonce() {
    return nonce.clone();
  }

  /** The ciphertext with its tag, in an array of its own. */
  public byte[] content() {
    return content.clone();
  }

  /** What the sender signs of it. */
  public Sha256 hash() {
    return MessageText.contentHash(nonce, content);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ciphertext that
        && Arrays.equals(nonce, that.nonce)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(nonce) + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "Ciphertext[" + content.length + " bytes]";
  }
}
