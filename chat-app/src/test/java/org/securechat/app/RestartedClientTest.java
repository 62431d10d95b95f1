package org.securechat.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.securechat.app.Friends.Friend;
import org.securechat.client.User;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.failure.ChangedIdentityException;
import org.securechat.client.failure.ChatException;
import org.securechat.client.failure.ServerLiedException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.state.DeviceState;
import org.securechat.client.state.MemoryStateStore;
import org.securechat.client.state.SealedStateFile;
import org.securechat.client.state.StateException;
import org.securechat.client.state.StateStore;
import org.securechat.client.state.UnsentMessage;
import org.securechat.crypto.SignatureVerifiers;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.Contacts.Contact;
import org.securechat.protocol.conversation.Evidence;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.ServerFault;
import org.securechat.protocol.conversation.ServerFault.Kind;
import org.securechat.protocol.conversation.ShownEntry;

/**
 * What a device remembers from one start to the next, and what the server can't do because of it.
 */
class RestartedClientTest extends BobIsLiedTo {
  private final StateStore bobsMemory = new MemoryStateStore();

  /** Bob's device remembers. */
  @BeforeEach
  void start() {
    restarted().open(alices.id());
  }

  /** Bob's device after a restart. */
  private Conversations restarted() {
    return Conversations.of(bob.session(), bobsMemory);
  }

  private Conversations withoutMemory() {
    return Conversations.of(bob.session());
  }

  @Test
  void honestServer_restartsRaiseNoAlarm() {
    alices.say("one");
    assertEquals(List.of("one"), Friends.texts(restarted().open(alices.id())));
    alices.renewKey();
    alices.say("two");
    restarted().open(alices.id()).say("three");
    assertEquals(List.of("one", "two", "three"), Friends.texts(restarted().open(alices.id())));
    assertEquals(List.of(), restarted().open(alices.id()).unsent());
  }

  @Test
  void comparedSafetyNumber_isRemembered() {
    Conversations first = restarted();
    first.contacts().verify(alice.idIn(alices));
    assertTrue(restarted().contacts().find(alice.idIn(alices)).orElseThrow().verified());
  }

  private void takeBackTheNewest() {
    evil.change(
        asked -> asked.target().contains("/messages"),
        LyingServer.rewriting(answer -> {
          List<Map<String, @Nullable Object>> entries = LyingServer.items(answer, "messages");
          answer.put("messages", entries.subList(0, entries.size() - 1));
        }));
  }

  @Test
  void newestEntryTakenBack_isCaughtByWhoRemembers() {
    alices.say("one");
    long taken = restarted().open(alices.id()).last();
    takeBackTheNewest();
    ServerLiedException e =
        assertThrows(ServerLiedException.class, () -> restarted().open(alices.id()));
    assertEquals(Kind.ROLLED_BACK, e.fault().kind());
    assertEquals(taken, e.fault().entry());
    assertEquals(List.of(), Friends.texts(withoutMemory().open(alices.id())));
  }

  @Test
  void newestEpochTakenBack_isCaughtByWhoRemembers() {
    alices.renewKey();
    long taken = restarted().open(alices.id()).last();
    takeBackTheNewest();
    changeEpochs(
        epochs -> epochs.removeIf(epoch -> Long.valueOf(taken).equals(epoch.get("entry_id"))));
    ServerLiedException e =
        assertThrows(ServerLiedException.class, () -> restarted().open(alices.id()));
    assertEquals(Kind.ROLLED_BACK, e.fault().kind());
    assertEquals(taken, e.fault().entry());
    assertEquals(1, withoutMemory().open(alices.id()).epoch().epoch());
  }

  @Test
  void laterEpochNamedAsTheFirst_isCaughtByWhoWasThereBefore() {
    alices.say("one");
    alices.renewKey();
    alices.say("two");
    assertEquals(List.of("one", "two"), Friends.texts(restarted().open(alices.id())));
    changeEpochs(epochs -> epochs.removeIf(epoch -> Long.valueOf(1).equals(epoch.get("epoch"))));
    ServerLiedException e =
        assertThrows(ServerLiedException.class, () -> restarted().open(alices.id()));
    assertEquals(Kind.OTHER_BEGINNING, e.fault().kind());
    assertEquals(3, e.fault().entry());
    assertEquals(List.of("two"), Friends.texts(withoutMemory().open(alices.id())));
  }

  @Test
  void removedAndAddedAgain_restartsRaiseNoAlarm() {
    restarted().open(alices.id());
    alices.remove(Set.of(bob.session().me().id()));
    alices.add(List.of(alice.session().user(bob.name())), Role.MEMBER);
    restarted().open(alices.id()).join();
    alices.say("again");
    assertEquals(List.of("again"), Friends.texts(restarted().open(alices.id())));
    alices.renewKey();
    alices.say("and again");
    assertEquals(List.of("again", "and again"), Friends.texts(restarted().open(alices.id())));
    assertEquals(List.of("again", "and again"), Friends.texts(restarted().open(alices.id())));
    assertEquals(Map.of(), restarted().faults());
  }

  @Test
  void serverRestoredFromAnOldCopy_isCaughtThoughTheLogGrewAgain() throws IOException {
    Path copy = folder.resolve("copy.db");
    stop();
    Files.copy(folder.resolve("chat.db"), copy);
    String[] said = {"one", "another"};
    for (String text : said) {
      Files.copy(copy, folder.resolve("chat.db"), StandardCopyOption.REPLACE_EXISTING);
      startServers();
      Friend again = new Friends(server.url(), clock).onNewDevice(alice);
      again.conversations().open(alices.id()).say(text);
      bob = new Friends(evil.url(), clock).onNewDevice(bob);
      if (text.equals(said[0])) {
        assertEquals(List.of(text), Friends.texts(restarted().open(alices.id())));
        stop();
      }
    }
    assertEquals(List.of("another"), Friends.texts(withoutMemory().open(alices.id())));
    ServerLiedException e =
        assertThrows(ServerLiedException.class, () -> restarted().open(alices.id()));
    assertEquals(Kind.ROLLED_BACK, e.fault().kind());
  }

  @Test
  void caughtServer_staysCaughtUntilTheUserDecides() {
    alices.say("one");
    restarted().open(alices.id());
    takeBackTheNewest();
    assertThrows(ServerLiedException.class, () -> restarted().open(alices.id()));
    evil.beHonest();

    Conversations later = restarted();
    assertEquals(Set.of(alices.id()), later.faults().keySet());
    assertThrows(ServerLiedException.class, () -> later.open(alices.id()));
    later.startOver(alices.id());
    assertEquals(List.of("one"), Friends.texts(later.open(alices.id())));
    assertEquals(Set.of(), restarted().faults().keySet());
  }

  /** What somebody has signed proves it to everybody, whenever. */
  @Test
  void anotherHistory_evidenceIsKeptInTheSealedFile() throws Exception {
    Path file = folder.resolve("bob.state");
    long one = alices.say("one");
    long two = alices.say("two");
    backDate(one);
    ServerFault fault;
    try (SealedStateFile store = sealed(file)) {
      Conversations mine = Conversations.of(bob.session(), store);
      fault = assertThrows(ServerLiedException.class, () -> mine.open(alices.id())).fault();
    }
    evil.beHonest();

    try (SealedStateFile store = sealed(file)) {
      Conversations later = Conversations.of(bob.session(), store);
      assertEquals(Map.of(alices.id(), fault), later.faults());
      assertThrows(ServerLiedException.class, () -> later.open(alices.id()));
    }
    assertEquals(Kind.HISTORIES_DIFFER, fault.kind());
    assertEquals(two, fault.entry());
    ServerFault.Claim claim = fault.claim().orElseThrow();
    assertEquals(alice.idIn(alices), claim.signer());
    assertEquals(one, claim.theirs().entry());
    assertEquals(one, claim.ours().entry());
    assertNotEquals(claim.theirs(), claim.ours());
    assertTrue(claim.text().contains("\nseen " + one + " " + claim.theirs().hash().toHex() + "\n"));
    SignatureVerifiers.fastest()
        .verifier()
        .verify(alice.session().publicKey(), claim.text().getBytes(US_ASCII), claim.signature());
  }

  @Test
  void contentExchanged_entryIsKeptInTheSealedFile() {
    Path file = folder.resolve("bob.state");
    long one = alices.say("one");
    evil.change(
        LyingServer.gets(path("/messages")),
        text -> text.replaceAll("\"content\":\"....", "\"content\":\"AAAA"));
    try (SealedStateFile store = sealed(file)) {
      Conversations mine = Conversations.of(bob.session(), store);
      assertThrows(ServerLiedException.class, () -> mine.open(alices.id()));
    }
    evil.beHonest();

    Map<ConversationId, ServerFault> later;
    try (SealedStateFile store = sealed(file)) {
      later = Conversations.of(bob.session(), store).faults();
    }
    assertEquals(Set.of(alices.id()), later.keySet());
    Evidence evidence = later.values().iterator().next().evidence().orElseThrow();
    assertEquals(alice.idIn(alices), evidence.signer());
    assertTrue(evidence.text().orElseThrow().startsWith("secure-chat/v1/message\n"));
    ReceivedEntry.Message kept =
        assertInstanceOf(ReceivedEntry.Message.class, evidence.entry().orElseThrow());
    assertEquals(one, kept.id());
    assertNotEquals(kept.contentHash(), kept.ciphertext().orElseThrow().hash());
  }

  private SealedStateFile sealed(Path file) {
    return SealedStateFile.open(file, bob.session().saved().identity(), new SystemRandomSource());
  }

  /** Somebody else's key in the place of Alice's. */
  private void exchangeAlicesKey(Friend impostor) {
    String key = impostor.session().publicKey().toPem();
    evil.change(
        LyingServer.gets("/api/users/alice"),
        LyingServer.rewriting(user -> {
          user.put("public_key", key);
          user.put("encryption_key", null);
          user.put("encryption_key_signature", null);
        }));
  }

  @Test
  void identityExchanged_isCaughtByWhoMetBefore() {
    Friend mallory = honestly.register("mallory");
    exchangeAlicesKey(mallory);
    Conversation bobs = restarted().open(alices.id());
    ChangedIdentityException e = assertThrows(ChangedIdentityException.class, bobs::renewKey);
    assertEquals(mallory.session().publicKey(), e.claimed().orElseThrow().key());
  }

  @Test
  void identityExchangedAfterTheSafetyNumberWasCompared_nothingIsSentAndItIsNotVerified() {
    Friend mallory = honestly.register("mallory");
    UserId alicesId = alice.idIn(alices);
    restarted().contacts().verify(alicesId);
    exchangeAlicesKey(mallory);
    List<String> sent = new CopyOnWriteArrayList<>();
    evil.tell((asked, honest) -> {
      if (asked.method().equals("POST")) {
        sent.add(asked.target());
      }
      return honest.ask();
    });

    Conversations mine = restarted();
    Conversation bobs = mine.open(alices.id());
    ChangedIdentityException e = assertThrows(ChangedIdentityException.class, bobs::renewKey);
    User impostor = bob.session().user(alice.name());
    assertEquals(mallory.session().publicKey(), impostor.publicKey());
    assertThrows(
        ChangedIdentityException.class, () -> mine.start(Optional.empty(), List.of(impostor)));
    assertEquals(List.of(), sent);
    Contact compared = restarted().contacts().find(alicesId).orElseThrow();
    assertEquals(alice.session().publicKey(), compared.key());
    assertTrue(compared.verified());

    restarted().contacts().believe(e.claimed().orElseThrow());
    Contact believed = restarted().contacts().find(alicesId).orElseThrow();
    assertEquals(mallory.session().publicKey(), believed.key());
    assertFalse(believed.verified());
  }

  private void takeEncryptionKeyAway() {
    evil.takeAway("/api/users/alice", "encryption_key", "encryption_key_signature");
  }

  @Test
  void encryptionKeyTakenAway_isCaughtByWhoHasSeenIt() {
    restarted().open(alices.id()).renewKey();
    takeEncryptionKeyAway();
    Conversation bobs = restarted().open(alices.id());
    assertThrows(ChangedIdentityException.class, bobs::renewKey);
    withoutMemory().open(alices.id()).renewKey();
  }

  @Test
  void userBelievesAChangedKey_goesOnWithIt() {
    restarted().open(alices.id()).renewKey();
    takeEncryptionKeyAway();
    Conversations mine = restarted();
    Conversation bobs = mine.open(alices.id());
    mine.contacts()
        .believe(
            assertThrows(ChangedIdentityException.class, bobs::renewKey).claimed().orElseThrow());
    bobs.renewKey();
  }

  @Test
  void keysKeptBackByTheServer_areRememberedByWhoOpenedThem() {
    alices.say("one");
    restarted().open(alices.id());
    evil.change(
        asked -> asked.target().contains("/epochs"),
        text -> text.replaceAll("\"key_data\":\"[^\"]*\"", "\"key_data\":null"));
    assertEquals(List.of("one"), Friends.texts(restarted().open(alices.id())));
    assertInstanceOf(ShownEntry.Locked.class, withoutMemory().open(alices.id()).history().get(1));
  }

  @Test
  void twinGroup_isCaughtAfterARestart() {
    restarted().list();
    evil.change(
        asked -> asked.target().contains("/conversations"),
        text -> text.replace(other.epoch().group().value(), alices.epoch().group().value()));
    Conversations mine = restarted();
    assertEquals(2, mine.list().size());
    UntrustedAnswerException e =
        assertThrows(UntrustedAnswerException.class, () -> mine.open(other.id()));
    assertTrue(e.sentence().contains(Long.toString(other.id().value())), e.sentence());
    assertEquals(alices.epoch(), mine.open(alices.id()).epoch());
  }

  @Test
  void messageWithoutAnAnswer_waitsAndIsSentOnce() {
    Conversation bobs = restarted().open(alices.id());
    evil.tell((asked, honest) -> {
      if (asked.method().equals("POST") && asked.target().endsWith("/messages")) {
        honest.ask();
        throw new LyingServer.BrokenOffException();
      }
      return honest.ask();
    });
    assertThrows(ChatException.class, () -> bobs.say("arrived"));
    evil.beHonest();
    evil.tell((asked, honest) -> {
      throw new LyingServer.BrokenOffException();
    });
    assertThrows(ChatException.class, () -> bobs.say("did not"));
    evil.beHonest();

    Conversation later = restarted().open(alices.id());
    assertEquals(
        List.of("arrived", "did not"),
        later.unsent().stream()
            .map(UnsentMessage::content)
            .map(content -> ((MessageContent.Text) content).body())
            .toList());
    later.sendUnsent();
    assertEquals(List.of(), restarted().open(alices.id()).unsent());
    alices.catchUp();
    assertEquals(List.of("arrived", "did not"), Friends.texts(alices));
  }

  @Test
  void removedRightAfterSending_messageIsSentAndDoesNotWait() {
    Conversation bobs = restarted().open(alices.id());
    UserId removed = bob.session().me().id();
    evil.tell((asked, honest) -> {
      LyingServer.Told told = honest.ask();
      if (asked.method().equals("POST") && asked.target().endsWith("/messages")) {
        alices.remove(Set.of(removed));
      }
      return told;
    });

    long said = bobs.say("last words");

    assertEquals(List.of(), bobs.unsent());
    assertEquals(List.of("last words"), Friends.texts(alices));
    assertEquals(said, alices.show(said, said).get(0).id());
  }

  @Test
  void messageRefusedForGood_doesNotWait() {
    Conversation bobs = restarted().open(alices.id());
    alices.remove(Set.of(bob.session().me().id()));
    assertThrows(ChatException.class, () -> bobs.say("too late"));
    assertEquals(List.of(), bobs.unsent());
  }

  @Test
  void tooManyWaiting_nextIsRefusedAndNoneIsLost() {
    Conversation bobs = restarted().open(alices.id());
    DeviceState state = bobsMemory.load();
    bobsMemory.save(
        new DeviceState(
            state.contacts(),
            state.conversations(),
            Stream.generate(() -> waiting(bobs.id())).limit(DeviceState.MAX_UNSENT - 1).toList()));
    Conversation later = restarted().open(alices.id());
    later.say("the last that has room");
    evil.tell((asked, honest) -> {
      throw new LyingServer.BrokenOffException();
    });
    assertThrows(ChatException.class, () -> later.say("waits"));
    assertThrows(StateException.class, () -> later.say("one too many"));
    assertEquals(DeviceState.MAX_UNSENT, later.unsent().size());
    later.discard(later.unsent().get(0).client());
    assertThrows(ChatException.class, () -> later.say("has room again"));
  }

  private static UnsentMessage waiting(ConversationId id) {
    return new UnsentMessage(
        id,
        new ClientId(UUID.randomUUID().toString()),
        new MessageContent.Text("waits", Optional.empty()),
        Duration.ZERO);
  }

  @Test
  void stateFileLost_losesNoHistory() throws IOException {
    Path file = folder.resolve("bob.state");
    alices.say("one");
    for (int starts = 0; starts < 2; starts++) {
      try (SealedStateFile store = sealed(file)) {
        assertEquals(
            List.of("one"),
            Friends.texts(Conversations.of(bob.session(), store).open(alices.id())));
      }
      SealedStateFile.delete(file);
    }
  }

  @Test
  void stateThatCantBeKept_nothingIsSent() {
    StateStore full =
        new StateStore() {
          @Override
          public DeviceState load() {
            return bobsMemory.load();
          }

          @Override
          public void save(DeviceState state) {
            throw new StateException("The disk is full.");
          }
        };
    Conversation bobs = Conversations.of(bob.session(), full).open(alices.id());
    assertThrows(StateException.class, () -> bobs.say("never kept"));
    alices.catchUp();
    assertEquals(List.of(), Friends.texts(alices));
  }
}
