package org.securechat.domain.transcript;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.domain.transcript.Statements.ALICE;
import static org.securechat.domain.transcript.Statements.CAROL;
import static org.securechat.domain.transcript.Statements.GROUP;
import static org.securechat.domain.transcript.Statements.first;
import static org.securechat.domain.transcript.Statements.hash;
import static org.securechat.domain.transcript.Statements.three;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.ExactInteger;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.InvalidValueException;

class SignedTextsTest {
  private static final ClientId CLIENT = new ClientId("0190f5a2-7b1c-7def-8123-456789abcdef");
  private static final Seen SEEN = new Seen(12, hash(0xee));

  private static final String HEADER =
      "secure-chat/v1/message\n"
          + "group 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
          + "epoch 3\n"
          + "sender 7\n"
          + "client 0190f5a2-7b1c-7def-8123-456789abcdef\n"
          + "sent 1768824000123\n"
          + "seen 12 eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\n"
          + "expires 0\n"
          + "files -\n";

  private static MessageText message(List<Sha256> files) {
    return new MessageText(GROUP, 3, ALICE, CLIENT, 1768824000123L, SEEN, 0, files);
  }

  private static void assertRefused(long epoch, long sent, long expires) {
    assertThrows(
        InvalidValueException.class,
        () -> new MessageText(GROUP, epoch, ALICE, CLIENT, sent, SEEN, expires, List.of()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, US_ASCII);
  }

  @Test
  void header_withoutFiles_hasADash() {
    assertEquals(HEADER, text(message(List.of()).header()));
  }

  @Test
  void header_withFiles_listsThemInOrder() {
    String one = HEADER.replace("files -\n", "files " + "f2".repeat(32) + "\n");
    String two =
        HEADER.replace("files -\n", "files " + "f2".repeat(32) + "," + "f1".repeat(32) + "\n");

    assertEquals(one, text(message(List.of(hash(0xf2))).header()));
    assertEquals(two, text(message(List.of(hash(0xf2), hash(0xf1))).header()));
  }

  @Test
  void header_numbersAtTheirLimits_areWritten() {
    long most = ExactInteger.MAX;
    MessageText largest =
        new MessageText(
            GROUP, most, CAROL, CLIENT, most, new Seen(most, hash(0xee)), most, List.of());
    MessageText smallest = new MessageText(GROUP, 1, ALICE, CLIENT, 0, Seen.NOTHING, 0, List.of());

    assertEquals(
        HEADER
            .replace("epoch 3", "epoch 9007199254740991")
            .replace("sender 7", "sender 9007199254740991")
            .replace("sent 1768824000123", "sent 9007199254740991")
            .replace("seen 12", "seen 9007199254740991")
            .replace("expires 0", "expires 9007199254740991"),
        text(largest.header()));
    assertEquals(
        HEADER
            .replace("epoch 3", "epoch 1")
            .replace("sent 1768824000123", "sent 0")
            .replace("seen 12 " + "ee".repeat(32), "seen 0 " + "00".repeat(32)),
        text(smallest.header()));
  }

  @Test
  void message_numbersOutOfRange_areRefused() {
    long beyond = ExactInteger.MAX + 1;

    assertRefused(0, 0, 0);
    assertRefused(beyond, 0, 0);
    assertRefused(1, -1, 0);
    assertRefused(1, beyond, 0);
    assertRefused(1, 0, -1);
    assertRefused(1, 0, beyond);
  }

  @Test
  void message_filesAtTheLimitAndAbove_areBounded() {
    List<Sha256> most = Collections.nCopies(MessageText.MAX_FILES, hash(0xf1));
    List<Sha256> tooMany = Collections.nCopies(MessageText.MAX_FILES + 1, hash(0xf1));

    assertEquals(most, message(most).files());
    assertThrows(InvalidValueException.class, () -> message(tooMany));
  }

  @Test
  void message_givenListChanges_staysAsItWas() {
    List<Sha256> given = new ArrayList<>(List.of(hash(0xf1)));
    MessageText message = message(given);
    given.clear();

    assertEquals(List.of(hash(0xf1)), message.files());
  }

  @Test
  void signed_always_isTheHeaderAndTheHash() {
    assertEquals(
        HEADER + "content abababababababababababababababababababababababababababababababab\n",
        text(message(List.of()).signed(hash(0xab))));
  }

  /** The expected digest was made with Python's hashlib. */
  @Test
  void contentHash_always_isThatOfNonceAndContent() {
    byte[] nonce = new byte[24];
    for (int i = 0; i < nonce.length; i++) {
      nonce[i] = (byte) i;
    }

    assertEquals(
        "bbb68bf6571debca740583fb650ad17197c26535a69ae8ede9b6e02b7e0d32e1",
        MessageText.contentHash(nonce, "ciphertext and tag".getBytes(US_ASCII)).toHex());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 12, 23, 25, 32})
  void contentHash_nonceOfAnotherLength_isRefused(int length) {
    assertThrows(
        InvalidValueException.class, () -> MessageText.contentHash(new byte[length], new byte[16]));
  }

  @Test
  void deletion_always_isItsText() {
    assertEquals(
        "secure-chat/v1/deletion\n"
            + "group 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
            + "message 9007199254740991\n"
            + "sender 7\n"
            + "seen 12 eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\n",
        text(new DeletionText(GROUP, 9007199254740991L, ALICE, SEEN).bytes()));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, ExactInteger.MAX + 1})
  void deletion_messageOutOfRange_isRefused(long message) {
    assertThrows(InvalidValueException.class, () -> new DeletionText(GROUP, message, ALICE, SEEN));
  }

  /** So that no signature stands for a text of another kind, an envelope or a request. */
  @Test
  void texts_ofEachKind_beginWithTheirOwnFirstLine() {
    List<byte[]> texts =
        List.of(
            first(three()).bytes(),
            message(List.of()).signed(hash(0xab)),
            new DeletionText(GROUP, 1, ALICE, SEEN).bytes());

    assertEquals(
        Set.of("secure-chat/v1/epoch", "secure-chat/v1/message", "secure-chat/v1/deletion"),
        texts.stream()
            .map(bytes -> text(bytes).lines().findFirst().orElseThrow())
            .collect(Collectors.toSet()));
    assertTrue(texts.stream().allMatch(bytes -> bytes.length > Sha256.LENGTH));
  }

  /** There, digits are others by default. */
  @Test
  @ResourceLock(Resources.LOCALE)
  void texts_inALanguageWithOtherDigits_areTheSame() {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    String expected = first(three()).text();
    try {
      Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));

      assertEquals(HEADER, text(message(List.of()).header()));
      assertEquals(expected, first(three()).text());
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  @Test
  void words_ofKindsAndRoles_areTheProtocols() {
    assertEquals(
        List.of("message", "epoch", "deletion"),
        Stream.of(EntryKind.values()).map(EntryKind::word).toList());
    assertEquals(List.of("admin", "member"), Stream.of(Role.values()).map(Role::word).toList());
  }
}
