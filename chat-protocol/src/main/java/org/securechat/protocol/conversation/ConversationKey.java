package org.securechat.protocol.conversation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.EpochStatement;

/**
 * The key that the members of one epoch share, 32 random bytes. It encrypts nothing by itself:
 * {@link EpochKey#of} binds it to the epoch that it was made for.
 */
public final class ConversationKey {
  /** Bytes of a conversation key. */
  public static final int LENGTH = 32;

  private static final byte[] COMMITMENT = "secure-chat/v1/key-commitment".getBytes(US_ASCII);

  private final byte[] key;

  private ConversationKey(byte[] key) {
    this.key = key;
  }

  /** Makes the key of a new epoch. */
  public static ConversationKey generate(RandomSource random) {
    return new ConversationKey(random.bytes(LENGTH));
  }

  /**
   * Takes a key that was kept elsewhere, under a lock of its own.
   *
   * @throws InvalidValueException unless there are 32 bytes
   */
  public static ConversationKey copyOf(byte[] key) {
    if (key.length != LENGTH) {
      throw new InvalidValueException("A conversation key has 32 bytes");
    }
    return new ConversationKey(key.clone());
  }

  /** Takes over the array of a key that was opened. */
  static ConversationKey ofOpened(byte[] key) {
    return new ConversationKey(key);
  }

  /** What the epoch's statement has in the line {@code key}. */
  public Sha256 commitment() {
    return Sha256.of(COMMITMENT, key);
  }

  boolean isKeyOf(EpochStatement statement) {
    return commitment().equals(statement.keyCommitment());
  }

  /** The key's 32 bytes, to be kept under a lock and nowhere else; an array of its own. */
  public byte[] secretBytes() {
    return key.clone();
  }

  @Override
  public String toString() {
    return "ConversationKey[secret]";
  }
}
