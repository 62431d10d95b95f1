package org.securechat.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.app.Friends.Friend;
import org.securechat.client.User;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.failure.ServerLiedException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.Call;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.http.JsonObject;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.EntryJson;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.Evidence;
import org.securechat.protocol.conversation.KeyRefusedException;
import org.securechat.protocol.conversation.ReceivedEntry;
import org.securechat.protocol.conversation.ServerFault;
import org.securechat.protocol.conversation.ServerFault.Kind;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.conversation.SignedStatement;
import org.securechat.protocol.conversation.WrappedConversationKey;
import org.securechat.protocol.json.StrictJson;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.wire.WireJson;

/**
 * Alice asks the real server, and Bob one between that may lie to him. He is in two conversations
 * of hers, whose first entries he has read before any lie.
 */
abstract class BobIsLiedTo {
  @TempDir Path folder;
  final TestClock clock = TestClock.atNoon();
  final RandomSource random = new SystemRandomSource();
  TestServer server;
  LyingServer evil;
  Friends honestly;
  Friends atEvil;
  Friend alice;
  Friend bob;

  /** Invited to the conversation that is lied about. */
  final List<Friend> others = new ArrayList<>();

  /** What the server lies about, as Alice has it. */
  Conversation alices;

  /** What it is honest about, as Alice has it. */
  Conversation other;

  @BeforeEach
  final void register() {
    startServers();
    honestly = new Friends(server.url(), clock);
    atEvil = new Friends(evil.url(), clock);
    alice = honestly.register("alice");
    bob = atEvil.register("bob");
    List<User> people = new ArrayList<>(List.of(alice.session().user(bob.name())));
    for (String name : namesOfOthers()) {
      others.add(honestly.register(name));
      people.add(alice.session().user(others.get(others.size() - 1).name()));
    }
    alices = alice.conversations().start(Optional.empty(), people);
    other = alice.conversations().start(Optional.empty(), people.subList(0, 1));
    bob.conversations().open(alices.id()).join();
    bob.conversations().open(other.id()).join();
  }

  /** Who else is in the conversation that is lied about. */
  List<String> namesOfOthers() {
    return List.of();
  }

  final void startServers() {
    server = TestServer.start(folder, clock);
    evil = LyingServer.before(server);
  }

  @AfterEach
  final void stop() {
    evil.close();
    server.close();
  }

  /** What a member sends whose client keeps to no rule. */
  final JsonObject post(Friend member, String part, JsonMembers members) {
    return member.session().calls().send(Call.post("/api" + path(part), members)).json();
  }

  /** Begins an epoch, and gives its members whatever keys. */
  final void beginEpoch(Friend author, EpochStatement next, Map<Friend, String> keys) {
    SignedStatement signed = SignedStatement.sign(next, author.session().saved().identity());
    post(
        author,
        "/epochs",
        json -> {
          json.writeNumberField("epoch", next.epoch());
          json.writeStringField("statement", next.text());
          json.writeStringField("statement_signature", signed.signature().toHex());
          json.writeArrayFieldStart("keys");
          for (Map.Entry<Friend, String> wrapped : keys.entrySet()) {
            json.writeStartObject();
            json.writeNumberField("user_id", wrapped.getKey().idIn(alices).value());
            json.writeStringField("key_data", wrapped.getValue());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** A key for somebody, for an epoch that may have committed to another. */
  final String wrap(ConversationKey key, EpochStatement epoch, Friend recipient)
      throws KeyRefusedException {
    EpochStatement fitting =
        EpochStatement.of(
            epoch.group(),
            epoch.epoch(),
            epoch.previous(),
            key.commitment(),
            epoch.seen(),
            epoch.author(),
            epoch.members());
    return WrappedConversationKey.wrap(
            EpochKey.of(key, fitting),
            recipient.idIn(alices),
            alice.session().user(recipient.name()).encryptionKey().orElseThrow(),
            random)
        .keyData();
  }

  /** The address of something in the conversation that is lied about. */
  final String path(String part) {
    return "/conversations/" + alices.id().value() + part;
  }

  /** Exchanges the list of entries. */
  final void changeEntries(Consumer<List<Map<String, @Nullable Object>>> change) {
    evil.changeItems(path("/messages"), "messages", change);
  }

  /** Changes one entry, wherever it comes. */
  final void changeEntry(long id, Consumer<Map<String, @Nullable Object>> change) {
    changeEntries(entries -> entries.stream().filter(entry -> isAt(entry, id)).forEach(change));
  }

  final void changeStatement(long entry, UnaryOperator<String> change) {
    changeEntry(
        entry,
        epoch ->
            epoch.put(
                "statement",
                change.apply(String.valueOf(LyingServer.object(epoch.get("statement"))))));
  }

  /** Exchanges the list of epochs. */
  final void changeEpochs(Consumer<List<Map<String, @Nullable Object>>> change) {
    evil.changeItems(path("/epochs"), "epochs", change);
  }

  /** Puts a changed copy of an entry into the log; those behind it move on. */
  final void insertCopy(long original, long place, Consumer<Map<String, @Nullable Object>> change) {
    changeEntries(entries -> {
      if (entries.stream().anyMatch(entry -> isAt(entry, original))) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(entry(entries, original));
        change.accept(copy);
        insert(entries, place, copy);
      }
    });
  }

  static void insert(
      List<Map<String, @Nullable Object>> entries,
      long place,
      Map<String, @Nullable Object> inserted) {
    int index = (int) (place - idOf(entries.get(0)));
    entries.stream().skip(index).forEach(entry -> entry.put("id", idOf(entry) + 1));
    inserted.put("id", place);
    entries.add(index, inserted);
  }

  /** Exchanges the places of two entries that follow each other. */
  final void swap(long first, long second) {
    changeEntries(entries -> {
      int place = entries.indexOf(entry(entries, first));
      Collections.swap(entries, place, place + 1);
      entries.get(place).put("id", first);
      entries.get(place + 1).put("id", second);
    });
  }

  /** Changes when a message was sent. */
  final void backDate(long id) {
    changeEntry(
        id,
        entry -> entry.put("sent_at", (long) LyingServer.object(entry.get("sent_at")) - 60_000));
  }

  /** Gives an entry as a stub, as if it were not for Bob to read. */
  final void hide(long id) {
    changeEntry(
        id,
        entry -> {
          entry.put("stub", true);
          entry.put("body_hash", entry.get("content_hash"));
        });
  }

  /** Leaves an entry out, without a gap. */
  final void takeOut(long id) {
    changeEntries(entries -> {
      entries.removeIf(entry -> isAt(entry, id));
      entries.stream()
          .filter(entry -> idOf(entry) > id)
          .forEach(entry -> entry.put("id", idOf(entry) - 1));
    });
  }

  static Map<String, @Nullable Object> entry(List<Map<String, @Nullable Object>> entries, long id) {
    return entries.stream().filter(entry -> isAt(entry, id)).findFirst().orElseThrow();
  }

  static boolean isAt(Map<String, @Nullable Object> entry, long id) {
    return idOf(entry) == id;
  }

  static long idOf(Map<String, @Nullable Object> entry) {
    return (long) LyingServer.object(entry.get("id"));
  }

  /** Bob on a device that has nothing, where all is read from the beginning. */
  final Conversation read() {
    return atEvil.onNewDevice(bob).conversations().open(alices.id());
  }

  /**
   * A new device catches the server, remembers it, and opens the conversation no more; neither it
   * nor one that was there before shows anything that was not said; and in the other conversation
   * all goes on.
   */
  final void assertCaught(Kind kind, long entry) {
    Friend device = atEvil.onNewDevice(bob);
    List<Map<String, @Nullable Object>> entries = given(path("/messages"), "messages");
    List<Map<String, @Nullable Object>> epochs = given(path("/epochs"), "epochs");
    ServerFault fault =
        assertThrows(ServerLiedException.class, () -> device.conversations().open(alices.id()))
            .fault();
    assertEquals(kind, fault.kind());
    assertEquals(entry, fault.entry());
    assertEvidence(fault, entries, epochs);
    assertEquals(Map.of(alices.id(), fault), device.conversations().faults());
    assertEquals(
        fault,
        assertThrows(ServerLiedException.class, () -> device.conversations().open(alices.id()))
            .fault());
    assertNothingFalseIsShown(kind);
    assertOtherGoesOn(device);
  }

  /** The items of a list that the server gives from now on, lies included. */
  private List<Map<String, @Nullable Object>> given(String part, String name) {
    List<Map<String, @Nullable Object>> given = new CopyOnWriteArrayList<>();
    evil.change(
        LyingServer.gets(part),
        LyingServer.rewriting(answer -> given.addAll(LyingServer.items(answer, name))));
    return given;
  }

  /** Kept is what the server gave: the entry, or the epoch that it let the history begin with. */
  private static void assertEvidence(
      ServerFault fault,
      List<Map<String, @Nullable Object>> entries,
      List<Map<String, @Nullable Object>> epochs) {
    Evidence evidence = fault.evidence().orElseThrow();
    if (entries.isEmpty()) {
      Map<String, @Nullable Object> first = epochs.get(0);
      assertEquals(first.get("statement"), evidence.text().orElseThrow());
      assertEquals(first.get("statement_signature"), evidence.signature().toHex());
      assertEquals(Optional.empty(), evidence.entry());
      return;
    }
    ReceivedEntry kept = evidence.entry().orElseThrow();
    assertTrue(
        entries.stream()
            .filter(entry -> isAt(entry, fault.entry()))
            .anyMatch(entry -> received(entry).equals(kept)),
        kept::toString);
    assertEquals(kept.sender(), evidence.signer());
    assertEquals(kept.signature(), evidence.signature());
    assertEquals(kept instanceof ReceivedEntry.Stub, evidence.text().isEmpty());
  }

  private static ReceivedEntry received(Map<String, @Nullable Object> entry) {
    return EntryJson.read(StrictJson.object(WireJson.write(entry).getBytes(UTF_8)));
  }

  /** What a new device is told can't be used and proves nothing; in the other one all goes on. */
  final UntrustedAnswerException assertRefused() {
    Friend device = atEvil.onNewDevice(bob);
    UntrustedAnswerException refused =
        assertThrows(
            UntrustedAnswerException.class, () -> device.conversations().open(alices.id()));
    assertEquals(Map.of(), device.conversations().faults());
    assertOtherGoesOn(device);
    return refused;
  }

  private void assertNothingFalseIsShown(Kind kind) {
    Conversation shown = bob.conversations().open(alices.id());
    try {
      shown.catchUp();
    } catch (ServerLiedException e) { // A lie about the beginning does not reach this device.
      assertEquals(kind, e.fault().kind());
      assertEquals(Map.of(alices.id(), e.fault()), bob.conversations().faults());
    }
    alices.catchUp();
    List<List<?>> said = new ArrayList<>(words(alices));
    words(shown).forEach(each -> assertTrue(said.remove(each), each::toString));
  }

  /** Who says what, as somebody is shown it. */
  private static List<List<?>> words(Conversation conversation) {
    List<List<?>> words = new ArrayList<>();
    for (ShownEntry entry : conversation.history()) {
      if (entry instanceof ShownEntry.Message said) {
        words.add(List.of(said.sender().user(), said.content()));
      }
    }
    return words;
  }

  /** What was said there before is read, and what is said next arrives. */
  final void assertOtherGoesOn(Friend device) {
    Conversation bobs = device.conversations().open(other.id());
    bobs.say("goes on");
    other.catchUp();
    assertEquals(Friends.texts(other), Friends.texts(bobs));
    assertTrue(Friends.texts(other).contains("goes on"));
  }
}
