package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.securechat.app.Friends.Friend;
import org.securechat.client.ChatClient;
import org.securechat.client.SavedSession;
import org.securechat.client.SecondFactor;
import org.securechat.client.User;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.ConversationEvent;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.client.failure.ServerLiedException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.crypto.SignatureVerifiers;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.Contacts.Contact;
import org.securechat.protocol.conversation.Evidence;
import org.securechat.protocol.conversation.IdentityChangedException;
import org.securechat.protocol.conversation.ServerFault;
import org.securechat.protocol.conversation.ServerFault.Kind;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.export.ExportVerifier;
import org.securechat.protocol.export.VerifiedExport;
import org.securechat.protocol.key.SafetyNumber;

/** A server that lies, one lie a test: Bob's client sees it, and shows nothing false. */
class EvilServerTest extends BobIsLiedTo {
  /** 64 KiB and their tag. */
  private static final int SEALED_CHUNK = 65_552;

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> item(
      Map<String, @Nullable Object> answer, String name) {
    return (Map<String, @Nullable Object>) LyingServer.object(answer.get(name));
  }

  @Test
  void honest_raisesNoAlarm() {
    alices.say("one");
    assertEquals(2, read().history().size());
  }

  @Test
  void entryDropped() {
    long one = alices.say("one");
    long two = alices.say("two");
    changeEntries(entries -> entries.removeIf(entry -> isAt(entry, one)));
    assertCaught(Kind.GAP, two);
  }

  @Test
  void entriesDoubled() {
    long one = alices.say("one");
    changeEntries(entries -> entries.add(entry(entries, one)));
    assertCaught(Kind.GAP, one);
  }

  @Test
  void entriesReordered() {
    long one = alices.say("one");
    swap(one, alices.say("two"));
    assertCaught(Kind.SEEN_AHEAD, one);
  }

  @Test
  void senderChanged_showsInvalidAndIsProvenByTheNext() {
    long one = alices.say("one");
    changeEntry(one, entry -> entry.put("sender_id", entry.get("id")));
    ShownEntry shown = read().show(one, one).get(0);
    assertInstanceOf(ShownEntry.Invalid.class, shown);
    assertCaught(Kind.HISTORIES_DIFFER, alices.say("two"));
  }

  @Test
  void backDated() {
    long one = alices.say("one");
    long two = alices.say("two");
    backDate(one);
    assertCaught(Kind.HISTORIES_DIFFER, two);
  }

  @Test
  void export_ofALie_keepsTheProof() throws Exception {
    long one = alices.say("one");
    long two = alices.say("two");
    alices.say("three");
    backDate(one);
    Path file = folder.resolve("proof.export");

    ServerLiedException lie =
        assertThrows(
            ServerLiedException.class,
            () -> atEvil.onNewDevice(bob).conversations().export(alices.id(), file, true));

    try (InputStream in = Files.newInputStream(file)) {
      VerifiedExport export =
          ExportVerifier.verify(in, SignatureVerifiers.fastest().verifier(), (entry, key) -> {});
      assertEquals(Optional.of(lie.fault()), export.fault());
      assertEquals(two, lie.fault().entry());
      assertEquals(one, export.end().entry());
    }
  }

  @Test
  void contentExchanged() {
    long one = alices.say("one");
    long two = alices.say("two");
    changeEntries(entries -> {
      entry(entries, one).put("content", entry(entries, two).get("content"));
    });
    assertCaught(Kind.CONTENT_CHANGED, one);
  }

  @Test
  void contentErasedAsIfExpired_isWithheld() {
    long one = alices.say("one");
    changeEntry(
        one,
        entry -> {
          entry.put("content", null);
          entry.put("nonce", null);
        });
    ShownEntry.Gone gone = assertInstanceOf(ShownEntry.Gone.class, read().show(one, one).get(0));
    assertEquals(ShownEntry.Cause.WITHHELD, gone.cause());
  }

  @Test
  void signatureStripped() {
    long one = alices.say("one");
    changeEntry(one, entry -> entry.put("signature", null));
    assertRefused();
  }

  @Test
  void messageAsAStub() {
    long one = alices.say("one");
    hide(one);
    assertCaught(Kind.HIDDEN_FROM_MEMBER, one);
  }

  @Test
  void messageOfAnotherConversation() {
    long one = alices.say("one");
    changeEntry(one, entry -> entry.put("conversation_id", 12_345L));
    assertRefused();
  }

  @Test
  void roleRaised() {
    alices.renewKey();
    changeStatement(2, statement -> statement.replace(" member ", " admin "));
    assertCaught(Kind.EPOCH_AGAINST_THE_RULES, 2);
  }

  @Test
  void epochSkipped() {
    alices.renewKey();
    changeEntries(entries -> entries.removeIf(entry -> isAt(entry, 2)));
    assertCaught(Kind.GAP, alices.say("one"));
  }

  @Test
  void anotherBeginning() {
    changeEpochs(epochs -> epochs.get(0).put("entry_id", 2L));
    assertCaught(Kind.EPOCH_AGAINST_THE_RULES, 2);
  }

  @Test
  void keyOfAnotherEpoch_messageIsLocked() {
    alices.renewKey();
    long one = alices.say("one");
    changeEpochs(epochs -> epochs.get(1).put("key_data", epochs.get(0).get("key_data")));
    assertInstanceOf(ShownEntry.Locked.class, read().show(one, one).get(0));
  }

  @Test
  void ownMessageAnsweredAsAnother() {
    Friend device = atEvil.onNewDevice(bob);
    Conversation bobs = device.conversations().open(alices.id());
    evil.tell((asked, honest) ->
        asked.method().equals("POST") && asked.target().endsWith(path("/messages"))
            ? honest
                .ask()
                .with(text ->
                    text.replaceFirst(
                        "\"signature\":\"[0-9a-f]{128}", "\"signature\":\"" + "00".repeat(64)))
            : honest.ask());
    ServerFault fault = assertThrows(ServerLiedException.class, () -> bobs.say("mine")).fault();
    assertEquals(Kind.OWN_ENTRY_CHANGED, fault.kind());
    assertEquals(2, fault.entry());
    Evidence evidence = fault.evidence().orElseThrow();
    assertEquals(bob.idIn(alices), evidence.signer());
    assertEquals(2, evidence.entry().orElseThrow().id());
    Evidence.Earlier answered = evidence.earlier().orElseThrow();
    assertEquals(2, answered.entry());
    assertEquals("00".repeat(64), answered.signature().toHex());
    assertNotEquals(answered.signature(), evidence.signature());
    assertEquals(Map.of(alices.id(), fault), device.conversations().faults());
    assertEquals(List.of(), Friends.texts(bobs));
    assertOtherGoesOn(device);
  }

  @Test
  void encryptionKeyUnsigned() {
    assertNoKeyIsWrappedFor(
        LyingServer.rewriting(user -> user.put("encryption_key_signature", "00".repeat(64))));
  }

  @Test
  void encryptionKeyTakenAway() {
    assertNoKeyIsWrappedFor(
        LyingServer.rewriting(user -> {
          user.put("encryption_key", null);
          user.put("encryption_key_signature", null);
        }));
  }

  @Test
  void encryptionKeyOfSomebodyElse() {
    Friend mallory = honestly.register("mallory");
    User other = mallory.session().user(mallory.name());
    assertNoKeyIsWrappedFor(text ->
        text.replaceAll(
            "\"encryption_key\":\"[^\"]+\"",
            "\"encryption_key\":\""
                + Base64Text.encode(other.encryptionKey().orElseThrow().toByteArray())
                + "\""));
  }

  /** Somebody who was met with an encryption key gets no new key by another one, or by none. */
  private void assertNoKeyIsWrappedFor(UnaryOperator<String> lie) {
    Conversation bobs = read();
    bobs.renewKey();
    long epoch = bobs.epoch().epoch();
    evil.change(LyingServer.gets("/api/users/"), lie);
    assertThrows(ChangedIdentityException.class, bobs::renewKey);
    evil.beHonest();
    bobs.catchUp();
    assertEquals(epoch, bobs.epoch().epoch());
    bobs.renewKey();
    assertEquals(epoch + 1, bobs.epoch().epoch());
  }

  @ParameterizedTest
  @CsvSource({"memory_kib, 65535", "memory_kib, 1048577", "iterations, 2", "parallelism, 5"})
  void otherKeyDerivationAtTheLogin_isRefusedBeforeThePasswordIsUsed(String parameter, int value) {
    List<String> asked = new CopyOnWriteArrayList<>();
    evil.tell((each, honest) -> {
      asked.add(each.target());
      return honest.ask();
    });
    evil.change(
        each -> each.target().equals("/api/login/params"),
        text -> text.replaceAll("(\"" + parameter + "\":)\\d+", "$1" + value));
    SavedSession known = bob.session().saved();
    ChatClient client = ChatClient.to(evil.url(), clock);
    SecondFactor code = SecondFactor.totp("123456");

    assertThrows(
        UntrustedAnswerException.class, () -> client.logIn(known.email(), bob.password(), code));
    assertThrows(
        UntrustedAnswerException.class,
        () -> client.logIn(known.email(), bob.password(), code, known.identity()));
    assertEquals(List.of("/api/login/params", "/api/login/params"), asked);
  }

  @Test
  void identityKeyExchangedAtFirstContact_hasAnotherSafetyNumberAndSignedNothing()
      throws IdentityChangedException {
    Friend mallory = honestly.register("mallory");
    Friend device = atEvil.onNewDevice(bob);
    String fake = mallory.session().publicKey().toPem();
    evil.change(
        LyingServer.gets("/api/users/alice"),
        LyingServer.rewriting(user -> {
          user.put("public_key", fake);
          user.put("encryption_key", null);
          user.put("encryption_key_signature", null);
        }));
    User claimed = device.session().user(alice.name());
    Member met = new Member(claimed.id(), Role.MEMBER, claimed.publicKey(), claimed.username());
    device.conversations().contacts().meet(List.of(met));
    Contact contact = device.conversations().contacts().find(claimed.id()).orElseThrow();

    assertNotEquals(
        number(alice, bob.session().publicKey(), bob), number(device, contact.key(), alice));
    evil.beHonest();
    ChangedIdentityException changed =
        assertThrows(
            ChangedIdentityException.class, () -> device.conversations().open(alices.id()));
    assertEquals(alice.session().publicKey(), changed.claimed().orElseThrow().key());
    assertEquals(
        number(alice, bob.session().publicKey(), bob),
        number(device, changed.claimed().orElseThrow().key(), alice));
  }

  private static SafetyNumber number(Friend self, IdentityKey other, Friend name) {
    return SafetyNumber.between(
        new SafetyNumber.Person(self.name(), self.session().publicKey()),
        new SafetyNumber.Person(name.name(), other));
  }

  @Test
  void identityKeyExchangedLater_isAChangedIdentity() {
    Friend mallory = honestly.register("mallory");
    Conversation bobs = read();
    String fake = mallory.session().publicKey().toPem();
    evil.change(
        LyingServer.gets("/api/users/alice"),
        LyingServer.rewriting(user -> user.put("public_key", fake)));
    assertThrows(ChangedIdentityException.class, bobs::renewKey);
  }

  @Test
  void removedMemberPutBackByALyingList_isNeverAMember() {
    Friend carol = honestly.register("carol");
    alices.add(List.of(alice.session().user(carol.name())), Role.MEMBER);
    UserId carols = carol.idIn(alices);
    alices.remove(Set.of(carols));
    evil.change(
        asked -> asked.target().endsWith("/api/conversations/" + alices.id().value()),
        LyingServer.rewriting(answer -> {
          Map<String, @Nullable Object> conversation =
              new LinkedHashMap<>(item(answer, "conversation"));
          List<Map<String, @Nullable Object>> people =
              new ArrayList<>(LyingServer.items(conversation, "participants"));
          Map<String, @Nullable Object> ghost = new LinkedHashMap<>(people.get(0));
          ghost.put("user_id", carols.value());
          ghost.put("username", "carol");
          people.add(ghost);
          conversation.put("participants", people);
          answer.put("conversation", conversation);
        }));
    Conversation bobs = read();
    bobs.renewKey();
    assertEquals(3, bobs.info().participants().orElseThrow().size());
    assertEquals(2, bobs.members().size());
  }

  /** What becomes of a file of two chunks on its way. */
  enum FileLie {
    OTHER_BYTES {
      @Override
      byte[] of(byte[] file) {
        return flipped(file);
      }
    },
    CUT_BY_A_BYTE {
      @Override
      byte[] of(byte[] file) {
        return Arrays.copyOf(file, file.length - 1);
      }
    },
    CUT_AFTER_A_CHUNK {
      @Override
      byte[] of(byte[] file) {
        return Arrays.copyOf(file, SEALED_CHUNK);
      }
    },
    EXTENDED {
      @Override
      byte[] of(byte[] file) {
        return Arrays.copyOf(file, file.length + 1);
      }
    },
    REORDERED {
      @Override
      byte[] of(byte[] file) {
        return reordered(file);
      }
    },
    EMPTY {
      @Override
      byte[] of(byte[] file) {
        return new byte[0];
      }
    };

    abstract byte[] of(byte[] file);
  }

  @ParameterizedTest
  @EnumSource
  void fileThatIsAnother_isNeverSaved(FileLie lie) throws IOException {
    Path source = Files.write(folder.resolve("a.txt"), new byte[100_000]);
    long id = alices.sendFile(source, "text/plain", Optional.empty(), sent -> {});
    Conversation bobs = read();
    MessageContent.Files files =
        assertInstanceOf(
            MessageContent.Files.class,
            assertInstanceOf(ShownEntry.Message.class, bobs.show(id, id).get(0)).content());
    Path target = folder.resolve("saved.txt");
    evil.tell((asked, honest) -> {
      LyingServer.Told told = honest.ask();
      return asked.target().startsWith("/api/files/") ? told.with(lie.of(told.body())) : told;
    });

    assertThrows(IOException.class, () -> bobs.saveFile(files.files().get(0), target, n -> {}));
    assertFalse(Files.exists(target));
    evil.beHonest();
    bobs.saveFile(files.files().get(0), target, n -> {});
    assertArrayEquals(new byte[100_000], Files.readAllBytes(target));
  }

  /** The last chunk first. */
  private static byte[] reordered(byte[] bytes) {
    byte[] reordered = Arrays.copyOfRange(bytes, SEALED_CHUNK, SEALED_CHUNK + bytes.length);
    System.arraycopy(bytes, 0, reordered, bytes.length - SEALED_CHUNK, SEALED_CHUNK);
    return reordered;
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    flipped[70_000] ^= 1;
    return flipped;
  }

  @Test
  void moreThatNeverComes_endsTheReading() {
    alices.say("one");
    evil.change(
        LyingServer.gets(path("/messages")),
        LyingServer.rewriting(answer -> {
          answer.put("messages", List.of());
          answer.put("has_more", true);
        }));
    assertRefused();
  }

  @Test
  void endlessAnswer_isHungUpOn() {
    evil.change(
        LyingServer.gets(path("/messages")), text -> "{\"x\":\"" + "a".repeat(5 << 20) + "\"}");
    UntrustedAnswerException e = assertRefused();
    assertTrue(e.sentence().contains("longer"), e.sentence());
  }

  @Test
  void caughtInOneConversation_othersGoOn() {
    Conversation bobs = bob.conversations().open(alices.id());
    Conversation bobsOther = bob.conversations().open(other.id());
    bob.conversations().await(Duration.ZERO);
    String lied = "\"conversation_id\":" + alices.id().value() + ",";
    evil.change(
        asked -> asked.target().equals("/api/sync"),
        text ->
            text.contains(lied)
                ? text.replaceAll("\"content\":\"....", "\"content\":\"AAAA")
                : text);
    alices.say("changed on its way");

    assertThrows(
        ServerLiedException.class, () -> bob.conversations().await(Conversations.MAX_WAIT));
    assertThrows(ServerLiedException.class, () -> bob.conversations().open(bobs.id()));
    long told = other.say("all well");
    List<ConversationEvent> events = bob.conversations().await(Conversations.MAX_WAIT);

    assertTrue(events.contains(new ConversationEvent.Entry(other.id(), told)), events::toString);
    assertEquals(told, bobsOther.last());
  }

  @Test
  void begunConversationAnsweredAsAnother_nothingIsSaidThere() {
    User carol = alice.session().user(honestly.register("carol").name());
    evil.change(
        asked -> asked.method().equals("POST") && asked.target().equals("/api/conversations"),
        LyingServer.rewriting(answer -> {
          Map<String, @Nullable Object> begun = new LinkedHashMap<>(item(answer, "conversation"));
          begun.put("id", alices.id().value());
          answer.put("conversation", begun);
        }));
    Friend again = atEvil.onNewDevice(bob);

    for (Friend device : List.of(bob, again)) {
      assertThrows(
          UntrustedAnswerException.class,
          () -> device.conversations().start(Optional.of("secret"), List.of(carol)));
    }

    alices.catchUp();
    assertEquals(Optional.empty(), alices.name());
    assertEquals(1, alices.last());
    assertOtherGoesOn(again);
  }

  @Test
  void oneGroupForTwoConversations() {
    Friend again = atEvil.onNewDevice(bob);
    again.conversations().open(alices.id());
    String group = alices.epoch().group().value();
    String otherGroup = other.epoch().group().value();
    evil.change(asked -> asked.method().equals("GET"), text -> text.replace(otherGroup, group));
    assertThrows(UntrustedAnswerException.class, () -> again.conversations().open(other.id()));
  }
}
