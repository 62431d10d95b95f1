package org.securechat.client.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.Contacts.Contact;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.Evidence;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.ServerFault;
import org.securechat.protocol.key.IdentityKeyPair;

/** A device's state in a file of its own. */
class SealedStateFileTest {
  private static final RandomSource RANDOM = new SystemRandomSource();
  private static final IdentityKeyPair OWNER = IdentityKeyPair.generate(RANDOM);
  private static final Sha256 HASH = Sha256.of(new byte[] {1});
  private static final Signature SIGNATURE = Signature.copyOf(new byte[Signature.LENGTH]);
  private static final DeviceState STATE = state();

  @TempDir Path folder;

  private static DeviceState state() {
    Seen seen = new Seen(12, HASH);
    ServerFault fault =
        new ServerFault(
            ServerFault.Kind.HISTORIES_DIFFER,
            13,
            Optional.of(
                new ServerFault.Claim(
                    new UserId(2),
                    seen,
                    new Seen(12, Sha256.of(new byte[] {2})),
                    "text\n",
                    SIGNATURE)),
            Optional.of(
                new Evidence(
                    new UserId(2),
                    SIGNATURE,
                    Optional.of("text\n"),
                    Optional.of(
                        new ReceivedEntry.Deletion(
                            13, new UserId(2), 1, Instant.EPOCH, 7, seen, SIGNATURE)),
                    Optional.of(new Evidence.Earlier(9, SIGNATURE)))));
    return new DeviceState(
        List.of(
            new Contact(
                new UserId(2),
                new Username("Bob"),
                IdentityKeyPair.generate(RANDOM).publicKey(),
                Optional.of(HASH),
                true),
            new Contact(
                new UserId(3),
                new Username("carol"),
                IdentityKeyPair.generate(RANDOM).publicKey(),
                Optional.empty(),
                false)),
        Map.of(
            new ConversationId(5),
            new KnownConversation(
                GroupId.random(RANDOM),
                seen,
                Map.of(1L, ConversationKey.generate(RANDOM), 2L, ConversationKey.generate(RANDOM)),
                Optional.of(fault)),
            new ConversationId(6),
            KnownConversation.of(GroupId.random(RANDOM))),
        List.of(
            new UnsentMessage(
                new ConversationId(5),
                new ClientId("0b54a0b5-3d4c-4c0f-9a1b-6f1d2f5c7a10"),
                new MessageContent.Text("planted text", Optional.of(3L)),
                Duration.ofHours(1))));
  }

  private SealedStateFile open(IdentityKeyPair owner) {
    return SealedStateFile.open(file(), owner, RANDOM);
  }

  private Path file() {
    return folder.resolve("new folder").resolve("profile.json.state");
  }

  private void save() {
    try (SealedStateFile store = open(OWNER)) {
      store.save(STATE);
    }
  }

  /** What can be compared: conversation keys equal nothing but themselves. */
  private static String readable(DeviceState state) {
    return new String(StateJson.write(state), StandardCharsets.UTF_8);
  }

  @Test
  void nothingSaved_isEmpty() {
    try (SealedStateFile store = open(OWNER)) {
      assertEquals(DeviceState.EMPTY, store.load());
    }
  }

  @Test
  void saved_comesBackWhole() {
    save();
    try (SealedStateFile store = open(OWNER)) {
      assertEquals(readable(STATE), readable(store.load()));
    }
  }

  private static Optional<ServerFault> fault(DeviceState state) {
    return Optional.ofNullable(state.conversations().get(new ConversationId(5)))
        .flatMap(KnownConversation::fault);
  }

  @Test
  void saved_faultIsTheSame() {
    save();
    try (SealedStateFile store = open(OWNER)) {
      assertTrue(fault(STATE).isPresent());
      assertEquals(fault(STATE), fault(store.load()));
    }
  }

  @Test
  void faultOfAnOlderClient_isReadWithoutEvidence() {
    String older = readable(STATE).replaceFirst(",\"evidence\":.*?0{128}\"\\}\\}", "");
    ServerFault read = fault(StateJson.read(older.getBytes(StandardCharsets.UTF_8))).orElseThrow();
    assertEquals(13, read.entry());
    assertEquals(Optional.empty(), read.evidence());
  }

  @Test
  void file_isItsOwnersAloneAndTellsNothing() throws IOException {
    save();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    String text = Files.readString(file(), StandardCharsets.ISO_8859_1);
    for (String secret : List.of("planted", "carol", "Bob", "contacts", HASH.toHex())) {
      assertFalse(text.contains(secret), secret);
    }
    assertTrue(readable(STATE).contains("carol"));
  }

  @Test
  void someoneElses_isRefused() {
    save();
    try (SealedStateFile store = open(IdentityKeyPair.generate(RANDOM))) {
      StateException e = assertThrows(StateException.class, store::load);
      assertTrue(e.sentence().contains("another account's"), e.sentence());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 28, 40, 200, -1})
  void byteChanged_isRefused(int at) throws IOException {
    save();
    byte[] bytes = Files.readAllBytes(file());
    bytes[at < 0 ? bytes.length + at : at] ^= 1;
    Files.write(file(), bytes);
    try (SealedStateFile store = open(OWNER)) {
      assertThrows(StateException.class, store::load);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 28, 50})
  void cutShort_isRefused(int length) throws IOException {
    save();
    Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), length));
    try (SealedStateFile store = open(OWNER)) {
      assertThrows(StateException.class, store::load);
    }
  }

  @Test
  void sharedWithOthers_isRefused() throws IOException {
    save();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    try (SealedStateFile store = open(OWNER)) {
      StateException e = assertThrows(StateException.class, store::load);
      assertTrue(e.sentence().contains("chmod 600"), e.sentence());
    }
  }

  @Test
  void openTwice_secondIsRefusedUntilTheFirstIsClosed() {
    try (SealedStateFile first = open(OWNER)) {
      StateException e = assertThrows(StateException.class, () -> open(OWNER));
      assertTrue(e.sentence().contains("close it first"), e.sentence());
      assertEquals(DeviceState.EMPTY, first.load());
    }
    save();
  }

  @Test
  void writeFails_keepsWhatWasThere() throws IOException {
    save();
    try (SealedStateFile store = open(OWNER)) {
      Path draft =
          file().resolveSibling(file().getFileName() + "." + ProcessHandle.current().pid());
      Files.createDirectories(draft.resolve("in the way"));
      assertThrows(StateException.class, () -> store.save(DeviceState.EMPTY));
      Files.delete(draft.resolve("in the way"));
      assertEquals(STATE.contacts(), store.load().contacts());
    }
  }

  @Test
  void file_largerThanItMayBe_isNotRead() throws IOException {
    save();
    try (SealedStateFile store = open(OWNER);
        RandomAccessFile large = new RandomAccessFile(file().toFile(), "rw")) {
      large.setLength(SealedStateFile.MAX_BYTES + 1L);
      assertThrows(StateException.class, store::load);
      large.setLength(SealedStateFile.MAX_BYTES);
      assertThrows(StateException.class, store::load);
    }
  }

  @Test
  void deleted_isEmptyAgain() throws IOException {
    save();
    SealedStateFile.delete(file());
    assertFalse(Files.exists(file()));
    try (SealedStateFile store = open(OWNER)) {
      assertEquals(DeviceState.EMPTY, store.load());
    }
  }

  @Test
  void nothingSecret_prints() {
    assertEquals("DeviceState[2 contacts, 2 conversations, 1 unsent]", STATE.toString());
    assertFalse(STATE.unsent().toString().contains("planted"));
    assertFalse(STATE.conversations().toString().matches(".*key=[0-9a-f]{64}.*"));
  }
}
