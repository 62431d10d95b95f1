package org.securechat.protocol.conversation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.securechat.crypto.HpkeSuite;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.protocol.conversation.KeyRefusedException.Reason;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.protocol.key.RecipientKey;
import org.securechat.protocol.key.X25519Key;

/** A conversation key as one member gets it: a suite's byte, then what HPKE has sealed. */
public final class WrappedConversationKey {
  private static final byte SUITE_X25519 = 1;
  private static final byte SUITE_X_WING = 2;

  private final byte[] bytes;

  private WrappedConversationKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Wraps the key of an epoch for one of its members.
   *
   * @param key the member's published encryption key if there is one, else the X25519 key of its
   *     identity
   * @throws InvalidValueException if nothing can be encrypted to that key
   */
  public static WrappedConversationKey wrap(
      EpochKey epoch, UserId member, RecipientKey key, RandomSource random) {
    EpochStatement statement = epoch.statement();
    boolean isX25519 = key instanceof X25519Key;
    HpkeSuite suite = isX25519 ? HpkeSuite.X25519 : HpkeSuite.X_WING;
    byte[] sealed =
        suite.seal(
            key.toByteArray(),
            info(statement, member),
            statement.hash().toByteArray(),
            epoch.conversationKey().secretBytes(),
            random);
    byte[] bytes = new byte[1 + sealed.length];
    bytes[0] = isX25519 ? SUITE_X25519 : SUITE_X_WING;
    System.arraycopy(sealed, 0, bytes, 1, sealed.length);
    return new WrappedConversationKey(bytes);
  }

  /**
   * Reads the member {@code key_data}.
   *
   * @throws InvalidValueException unless it is base64
   */
  public static WrappedConversationKey parse(String keyData) {
    return new WrappedConversationKey(Base64Text.decode(keyData));
  }

  /** The member {@code key_data}: base64. */
  public String keyData() {
    return Base64Text.encode(bytes);
  }

  /**
   * The key, opened with this member's own and proven to be the epoch's.
   *
   * @param statement verified by the {@link Transcript}
   * @param member whose key this is
   */
  public EpochKey unwrap(EpochStatement statement, UserId member, IdentityKeyPair identity)
      throws KeyRefusedException {
    byte[] opened = open(info(statement, member), statement, identity);
    if (opened.length != ConversationKey.LENGTH) {
      throw new KeyRefusedException(Reason.MALFORMED, "A conversation key has 32 bytes");
    }
    return EpochKey.of(ConversationKey.ofOpened(opened), statement);
  }

  private byte[] open(byte[] info, EpochStatement statement, IdentityKeyPair identity)
      throws KeyRefusedException {
    byte suite = bytes.length == 0 ? 0 : bytes[0];
    byte[] sealed = Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length);
    byte[] associated = statement.hash().toByteArray();
    try {
      return switch (suite) {
        case SUITE_X25519 ->
            HpkeSuite.X25519.open(
                identity.x25519KeyPair().secretScalar(), info, associated, sealed);
        case SUITE_X_WING ->
            HpkeSuite.X_WING.open(
                identity.encryptionKeyPair().secretSeed(), info, associated, sealed);
        default -> throw new KeyRefusedException(Reason.MALFORMED, "No such suite: " + suite);
      };
    } catch (KeyRefusedException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new KeyRefusedException(
          Reason.DOES_NOT_OPEN, "The key was wrapped for somebody or something else, or changed");
    }
  }

  static byte[] info(EpochStatement statement, UserId member) {
    String text =
        "secure-chat/v1/wrap\n"
            + statement.group().value()
            + "\n"
            + statement.epoch()
            + "\n"
            + member.value()
            + "\n";
    return text.getBytes(US_ASCII);
  }

  @Override
  public String toString() {
    return "WrappedConversationKey[" + bytes.length + " bytes]";
  }
}
