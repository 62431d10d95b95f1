package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.OwnAccount;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.SignedCaller;
import org.securechat.testkit.TestUser;

class PublishEncryptionKeyTest {
  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");
  private final Member member = fixture.join(alice);

  /** A key whose bytes are all the same, signed by somebody. */
  private static EncryptionKey key(int keyByte, TestUser signer) {
    byte[] bytes = new byte[EncryptionKey.LENGTH];
    Arrays.fill(bytes, (byte) keyByte);
    EncryptionKey unsigned = EncryptionKey.of(bytes, signer.sign(new byte[0]));
    return EncryptionKey.of(bytes, signer.sign(unsigned.signedText()));
  }

  private OwnAccount publish(SignedCaller caller, EncryptionKey key) {
    return fixture.chat.accounts().publishEncryptionKey().publish(caller, key);
  }

  private Optional<EncryptionKey> published() {
    return fixture.chat.accounts().readUser().read(new Username("alice")).encryptionKey();
  }

  @Test
  void publish_first_isSeenByAll() {
    EncryptionKey key = key(1, alice);

    OwnAccount account = publish(fixture.calling(member), key);

    assertEquals(Optional.of(key), account.account().profile().encryptionKey());
    assertEquals(Optional.of(key), published());
  }

  @Test
  void publish_sameAgain_isAccepted() {
    EncryptionKey key = key(1, alice);
    publish(fixture.calling(member), key);

    OwnAccount account = publish(fixture.calling(member), key);

    assertEquals(Optional.of(key), account.account().profile().encryptionKey());
  }

  @Test
  void publish_another_isRefusedAndTheFirstStays() {
    EncryptionKey key = key(1, alice);
    publish(fixture.calling(member), key);
    SignedCaller caller = fixture.calling(member);

    assertRejected(Rejection.ENCRYPTION_KEY_EXISTS, () -> publish(caller, key(2, alice)));

    assertEquals(Optional.of(key), published());
    publish(caller, key);
  }

  @Test
  void publish_signedByAnother_isAnInvalidField() {
    RejectedException e =
        assertRejected(
            Rejection.INVALID_REQUEST,
            () -> publish(fixture.calling(member), key(1, TestUser.named("mallory"))));

    assertEquals(Set.of("encryption_key_signature"), e.fields().keySet());
    assertEquals(Optional.empty(), published());
  }

  @Test
  void publish_sameRequestAgain_isReplayed() {
    SignedCaller caller = fixture.calling(member);
    publish(caller, key(1, alice));

    assertRejected(Rejection.REPLAYED_REQUEST, () -> publish(caller, key(1, alice)));
  }
}
