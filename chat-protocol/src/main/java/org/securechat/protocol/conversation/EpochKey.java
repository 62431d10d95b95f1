package org.securechat.protocol.conversation;

import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.securechat.crypto.AesGcm;
import org.securechat.crypto.HkdfSha256;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.MessageText;
import org.securechat.protocol.content.ContentCodec;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.key.IdentityKeyPair;

/**
 * A conversation key that is proven to be the one of its epoch: all members have the same, or none
 * that they can use. Seals messages; what it opens, a {@link Transcript} has verified before.
 * Immutable, safe for use by many threads.
 */
public final class EpochKey {
  private static final int DERIVED_LENGTH = AesGcm.KEY_LENGTH + AesGcm.IV_LENGTH;

  private final ConversationKey key;
  private final EpochStatement statement;

  private EpochKey(ConversationKey key, EpochStatement statement) {
    this.key = key;
    this.statement = statement;
  }

  /**
   * Binds a key to its epoch.
   *
   * @throws KeyRefusedException if the statement commits to another one
   */
  public static EpochKey of(ConversationKey key, EpochStatement statement)
      throws KeyRefusedException {
    if (!key.isKeyOf(statement)) {
      throw new KeyRefusedException(
          KeyRefusedException.Reason.ANOTHER_KEY, "The key is not the one of the statement");
    }
    return new EpochKey(key, statement);
  }

  /** The epoch it belongs to. */
  public EpochStatement statement() {
    return statement;
  }

  /** The key itself, to be kept under a lock. */
  public ConversationKey conversationKey() {
    return key;
  }

  /**
   * Encrypts and signs a message.
   *
   * @param header of this epoch; its files are the content's, in their order
   * @param sender the header's
   * @throws InvalidValueException if the content is too long or out of form
   * @throws IllegalArgumentException if the header is another epoch's, or the sender is not the
   *     member it names
   */
  public OutgoingMessage seal(
      MessageText header, MessageContent content, IdentityKeyPair sender, RandomSource random) {
    return sealPadded(header, ContentCodec.encode(content), sender, random);
  }

  /** The same with a content that is encoded already. */
  OutgoingMessage sealPadded(
      MessageText header, byte[] padded, IdentityKeyPair sender, RandomSource random) {
    requireOfThisEpoch(header, sender);
    byte[] nonce = random.bytes(MessageText.NONCE_LENGTH);
    byte[] derived = derive(nonce, header);
    byte[] bytes = AesGcm.encrypt(key(derived), iv(derived), padded, header.header());
    Ciphertext ciphertext = new Ciphertext(nonce, bytes);
    Signature signature = sender.signMessage(header, ciphertext.hash());
    return new OutgoingMessage(header, ciphertext, signature);
  }

  private void requireOfThisEpoch(MessageText header, IdentityKeyPair sender) {
    boolean ours =
        header.group().equals(statement.group())
            && header.epoch() == statement.epoch()
            && statement
                .member(header.sender())
                .filter(member -> member.key().equals(sender.publicKey()))
                .isPresent();
    if (!ours) {
      throw new IllegalArgumentException("The message is not one of this epoch's member");
    }
  }

  /** Opens a message whose header was verified; the padded plaintext. */
  byte[] open(MessageText header, Ciphertext ciphertext) throws AEADBadTagException {
    byte[] derived = derive(ciphertext.nonce(), header);
    return AesGcm.decrypt(key(derived), iv(derived), ciphertext.content(), header.header());
  }

  /** Key and IV of one message, one behind the other. */
  byte[] derive(byte[] nonce, MessageText header) {
    return HkdfSha256.derive(key.secretBytes(), nonce, header.header(), DERIVED_LENGTH);
  }

  private static byte[] key(byte[] derived) {
    return Arrays.copyOf(derived, AesGcm.KEY_LENGTH);
  }

  private static byte[] iv(byte[] derived) {
    return Arrays.copyOfRange(derived, AesGcm.KEY_LENGTH, DERIVED_LENGTH);
  }

  @Override
  public String toString() {
    return "EpochKey[" + statement.epoch() + "]";
  }
}
