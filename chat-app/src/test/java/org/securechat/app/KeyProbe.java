package org.securechat.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.securechat.crypto.AesGcm;
import org.securechat.crypto.HkdfSha256;
import org.securechat.crypto.HpkeSuite;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.MessageText;
import org.securechat.protocol.content.ContentCodec;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.Ciphertext;
import org.securechat.protocol.key.IdentityKeyPair;

/**
 * Tries keys as somebody would who ignores what a client refuses: by the rules E-6 to E-16 and M-3
 * to M-6 of the protocol, and nothing else.
 */
final class KeyProbe {
  private static final byte X_WING = 2;

  private KeyProbe() {}

  /** The key of an epoch that was wrapped for somebody, if that identity opens it. */
  static Optional<byte[]> unwrap(
      EpochStatement statement, UserId recipient, WrappedKey key, IdentityKeyPair identity) {
    byte[] wrapped = key.toByteArray();
    if (wrapped[0] != X_WING) {
      throw new AssertionError("everybody has published an X-Wing key");
    }
    byte[] info =
        "secure-chat/v1/wrap\n%s\n%d\n%d\n"
            .formatted(statement.group().value(), statement.epoch(), recipient.value())
            .getBytes(US_ASCII);
    try {
      return Optional.of(
          HpkeSuite.X_WING.open(
              identity.encryptionKeyPair().secretSeed(),
              info,
              statement.hash().toByteArray(),
              Arrays.copyOfRange(wrapped, 1, wrapped.length)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** Whether an epoch's statement commits to a key. */
  static boolean isCommitted(EpochStatement statement, byte[] key) {
    return Sha256.of("secure-chat/v1/key-commitment".getBytes(US_ASCII), key)
        .equals(statement.keyCommitment());
  }

  /** What a message says, if a key opens it. */
  static Optional<MessageContent> open(byte[] key, MessageText header, Ciphertext ciphertext) {
    byte[] derived =
        HkdfSha256.derive(
            key, ciphertext.nonce(), header.header(), AesGcm.KEY_LENGTH + AesGcm.IV_LENGTH);
    try {
      return Optional.of(
          ContentCodec.decode(
              AesGcm.decrypt(
                  Arrays.copyOf(derived, AesGcm.KEY_LENGTH),
                  Arrays.copyOfRange(derived, AesGcm.KEY_LENGTH, derived.length),
                  ciphertext.content(),
                  header.header())));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    }
  }
}
