package org.securechat.protocol.conversation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.KeyRefusedException.Reason;
import org.securechat.protocol.conversation.TestLog.Person;
import org.securechat.protocol.key.EncryptionKey;
import org.securechat.protocol.key.RecipientKey;
import org.securechat.protocol.key.X25519Key;

class WrappedConversationKeyTest {
  private final Person alice = Person.of(10, "alice");
  private final Person bob = Person.of(20, "bob");
  private final TestLog log = TestLog.begin(alice, bob);

  private List<RecipientKey> keysOf(Person person) {
    return List.of(
        X25519Key.of(person.identity().publicKey()),
        person.identity().encryptionKeyPair().publicKey());
  }

  private Reason refused(WrappedConversationKey wrapped, EpochStatement statement, Person person) {
    return assertThrows(
            KeyRefusedException.class,
            () -> wrapped.unwrap(statement, person.id(), person.identity()))
        .reason();
  }

  // W-1, W-2
  @Test
  void unwrap_bothSuites_giveTheKeyOfTheEpoch() throws Exception {
    for (RecipientKey key : keysOf(bob)) {
      WrappedConversationKey wrapped =
          WrappedConversationKey.wrap(log.key(), bob.id(), key, TestLog.RANDOM);

      EpochKey opened =
          WrappedConversationKey.parse(wrapped.keyData())
              .unwrap(log.statement(), bob.id(), bob.identity());

      assertArrayEquals(
          log.key().conversationKey().secretBytes(), opened.conversationKey().secretBytes());
      assertEquals(key instanceof X25519Key ? 81 : 1169, length(wrapped));
    }
  }

  private static int length(WrappedConversationKey wrapped) {
    return Base64Text.decode(wrapped.keyData()).length;
  }

  // W-3
  @Test
  void unwrap_anothersOrOfAnotherEpoch_doesNotOpen() {
    EpochStatement first = log.statement();
    for (RecipientKey key : keysOf(bob)) {
      WrappedConversationKey wrapped =
          WrappedConversationKey.wrap(log.key(), bob.id(), key, TestLog.RANDOM);
      assertEquals(Reason.DOES_NOT_OPEN, refused(wrapped, first, alice));
      Person renamed = new Person(alice.id(), alice.name(), bob.identity());
      assertEquals(Reason.DOES_NOT_OPEN, refused(wrapped, first, renamed));
    }
    WrappedConversationKey old =
        WrappedConversationKey.wrap(log.key(), bob.id(), keysOf(bob).get(1), TestLog.RANDOM);
    log.advance(alice, log.members(), log.seen());
    assertEquals(Reason.DOES_NOT_OPEN, refused(old, log.statement(), bob));
    TestLog twin = TestLog.begin(alice, bob);
    assertEquals(Reason.DOES_NOT_OPEN, refused(old, twin.statement(), bob));
  }

  @Test
  void unwrap_anyBitChanged_isRefused() {
    for (RecipientKey key : keysOf(bob)) {
      byte[] good =
          Base64Text.decode(
              WrappedConversationKey.wrap(log.key(), bob.id(), key, TestLog.RANDOM).keyData());
      for (int i = 0; i < good.length; i += key instanceof EncryptionKey ? 97 : 1) {
        byte[] changed = good.clone();
        changed[i] ^= 1;
        refused(parse(changed), log.statement(), bob);
      }
      for (int length : new int[] {0, 1, 2, 33, good.length - 1}) {
        refused(parse(Arrays.copyOf(good, length)), log.statement(), bob);
      }
    }
    assertEquals(Reason.MALFORMED, refused(parse(new byte[] {3, 0}), log.statement(), bob));
    assertThrows(InvalidValueException.class, () -> WrappedConversationKey.parse("no base64"));
  }

  private static WrappedConversationKey parse(byte[] bytes) {
    return WrappedConversationKey.parse(Base64Text.encode(bytes));
  }

  // E-6, W-4
  @Test
  void unwrap_keyThatTheStatementDoesNotCommitTo_isRefused() throws Exception {
    ConversationKey other = ConversationKey.generate(TestLog.RANDOM);
    assertEquals(
        Reason.ANOTHER_KEY,
        assertThrows(KeyRefusedException.class, () -> EpochKey.of(other, log.statement()))
            .reason());
    EpochStatement committed =
        EpochStatement.of(
            log.group,
            1,
            Seen.NOTHING.hash(),
            other.commitment(),
            Seen.NOTHING,
            alice.id(),
            log.members());
    assertEquals(committed, EpochKey.of(other, committed).statement());
  }

  @Test
  void keys_print_nothingSecret() {
    String secret = HexFormat.of().formatHex(log.key().conversationKey().secretBytes());

    for (Object key : List.of(log.key(), log.key().conversationKey())) {
      assertFalse(key.toString().contains(secret));
    }
  }
}
