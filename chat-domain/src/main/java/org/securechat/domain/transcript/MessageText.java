package org.securechat.domain.transcript;

import java.util.List;
import java.util.stream.Collectors;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;

/**
 * What is signed of a message: its header, then the hash of its ciphertext. The content's key is
 * derived with the header, and the header is authenticated with the content.
 *
 * @param epoch whose key the content is encrypted with, 1 to 2<sup>53</sup> − 1
 * @param client the sender's own name for the message
 * @param sentAtMillis Unix milliseconds by the sender's clock, 0 to 2<sup>53</sup> − 1
 * @param seen the last entry that the sender had
 * @param expiresSeconds after how many seconds clients hide it, up to 2<sup>53</sup> − 1; 0 for
 *     never
 * @param files SHA-256 of each file's ciphertext, at most {@value #MAX_FILES}, in the content's
 *     order
 */
public record MessageText(
    GroupId group,
    long epoch,
    UserId sender,
    ClientId client,
    long sentAtMillis,
    Seen seen,
    long expiresSeconds,
    List<Sha256> files) {
  /** How many files go with one message. */
  public static final int MAX_FILES = 32;

  /** Bytes of a nonce. */
  public static final int NONCE_LENGTH = 24;

  public MessageText {
    ExactInteger.require(epoch, 1, "An epoch");
    ExactInteger.require(sentAtMillis, 0, "The time of sending");
    ExactInteger.require(expiresSeconds, 0, "The time to expiry");
    if (files.size() > MAX_FILES) {
      throw new InvalidValueException("A message has at most " + MAX_FILES + " files");
    }
    files = List.copyOf(files);
  }

  /**
   * The hash of what was encrypted, as it is signed.
   *
   * @param content the ciphertext with its tag
   * @throws InvalidValueException unless the nonce has {@value #NONCE_LENGTH} bytes: with another
   *     length, the same bytes could be cut in two ways
   */
  public static Sha256 contentHash(byte[] nonce, byte[] content) {
    if (nonce.length != NONCE_LENGTH) {
      throw new InvalidValueException(
          "A nonce has " + NONCE_LENGTH + " bytes, not " + nonce.length);
    }
    return Sha256.of(nonce, content);
  }

  /** The header's bytes: the info of the key's derivation and the content's associated data. */
  public byte[] header() {
    return SignedText.ascii(headerText());
  }

  /**
   * The bytes that the sender's key signs.
   *
   * @param contentHash what {@link #contentHash(byte[], byte[])} makes of the ciphertext
   */
  public byte[] signed(Sha256 contentHash) {
    return SignedText.ascii(headerText() + "content " + contentHash.toHex() + "\n");
  }

  private String headerText() {
    return "secure-chat/v1/message\ngroup "
        + group.value()
        + "\nepoch "
        + epoch
        + "\nsender "
        + sender.value()
        + "\nclient "
        + client.value()
        + "\nsent "
        + sentAtMillis
        + "\nseen "
        + seen.text()
        + "\nexpires "
        + expiresSeconds
        + "\nfiles "
        + filesText()
        + "\n";
  }

  private String filesText() {
    return files.isEmpty()
        ? "-"
        : files.stream().map(Sha256::toHex).collect(Collectors.joining(","));
  }
}
