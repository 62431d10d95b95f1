package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.securechat.app.Friends.Friend;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.failure.ServerLiedException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.EpochKey;
import org.securechat.protocol.conversation.ServerFault;
import org.securechat.protocol.conversation.ServerFault.Kind;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.conversation.VerifiedEntry.Reason;
import org.securechat.protocol.conversation.WrappedConversationKey;
import org.securechat.testkit.wire.WireJson;

/**
 * A server that lies to one member of three about the others: their epochs, keys and words. It is
 * caught in that conversation, and another one goes on.
 */
class EvilServerMembersTest extends BobIsLiedTo {
  private final RandomSource random = new SystemRandomSource();
  private Friend carol;
  private Conversation alices;
  private Conversation carols;
  private Conversation other;

  /** Bob is lied to, in one of his two conversations. */
  @BeforeEach
  void start() {
    carol = honestly.register("carol");
    alices =
        alice
            .conversations()
            .start(
                Optional.empty(),
                List.of(alice.session().user(bob.name()), alice.session().user(carol.name())));
    bob.conversations().open(alices.id()).join();
    carols = carol.conversations().open(alices.id());
    carols.join();
    other =
        alice.conversations().start(Optional.empty(), List.of(alice.session().user(bob.name())));
    bob.conversations().open(other.id()).join();
    other.say("elsewhere");
  }

  /** Bob reads all of it, and whatever comes of that, the other conversation. */
  private Conversation read() {
    Friend device = atEvil.onNewDevice(bob);
    try {
      return device.conversations().open(alices.id());
    } finally {
      assertEquals(List.of("elsewhere"), Friends.texts(device.conversations().open(other.id())));
    }
  }

  private void assertCaught(Kind kind, long entry) {
    ServerFault fault = assertThrows(ServerLiedException.class, this::read).fault();
    assertEquals(kind, fault.kind());
    assertEquals(entry, fault.entry());
  }

  private String path(String part) {
    return "/conversations/" + alices.id().value() + part;
  }

  private void changeEntries(Consumer<List<Map<String, @Nullable Object>>> change) {
    evil.changeItems(path("/messages"), "messages", change);
  }

  private void changeEpochs(Consumer<List<Map<String, @Nullable Object>>> change) {
    evil.changeItems(path("/epochs"), "epochs", change);
  }

  /** Puts a changed copy of an entry into the log; those behind it move on. */
  private void insertCopy(
      long original, long place, Consumer<Map<String, @Nullable Object>> change) {
    changeEntries(entries -> {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>(entries.get((int) original - 1));
      change.accept(copy);
      entries.add((int) place - 1, copy);
      for (int i = (int) place - 1; i < entries.size(); i++) {
        entries.get(i).put("id", i + 1L);
      }
    });
  }

  private void changeStatement(long entry, UnaryOperator<String> change) {
    changeEntries(entries -> {
      Map<String, @Nullable Object> epoch = entries.get((int) entry - 1);
      epoch.put(
          "statement", change.apply(String.valueOf(LyingServer.object(epoch.get("statement")))));
    });
  }

  private static void assertBadSignature(Conversation bobs, long entry) {
    ShownEntry.Invalid shown =
        assertInstanceOf(ShownEntry.Invalid.class, bobs.show(entry, entry).get(0));
    assertEquals(Reason.BAD_SIGNATURE, shown.reason());
  }

  /** The server shows one more entry than there is: who has seen its place tells. */
  private void assertProvenOnceItsPlaceIsTaken(long inserted) {
    alices.say("next");
    alices.say("and next");
    assertCaught(Kind.HISTORIES_DIFFER, inserted + 2);
  }

  @Test
  void honest_raisesNoAlarm() {
    alices.say("one");
    alices.renewKey();
    assertEquals(List.of("one"), Friends.texts(read()));
  }

  @Test
  void keyWrappedForAnotherMember_messageIsLocked() {
    long one = alices.say("one");
    List<Object> carolsKeys = new ArrayList<>();
    changeEpochs(epochs -> carolsKeys.add(LyingServer.object(epochs.get(0).get("key_data"))));
    Conversation atCarols = atEvil.onNewDevice(carol).conversations().open(alices.id());
    assertEquals(List.of("one"), Friends.texts(atCarols));
    evil.beHonest();

    changeEpochs(epochs -> epochs.get(0).put("key_data", carolsKeys.get(0)));

    assertInstanceOf(ShownEntry.Locked.class, read().show(one, one).get(0));
  }

  @Test
  void anotherKeyThanTheOthersGot_messageIsLockedNotWrong() throws Exception {
    long one = alices.say("one");
    ConversationKey another = ConversationKey.generate(random);
    EpochStatement real = alices.epoch();
    EpochStatement forged =
        EpochStatement.of(
            real.group(),
            real.epoch(),
            real.previous(),
            another.commitment(),
            real.seen(),
            real.author(),
            real.members());
    String wrapped =
        WrappedConversationKey.wrap(
                EpochKey.of(another, forged),
                bob.idIn(alices),
                alice.session().user(bob.name()).encryptionKey().orElseThrow(),
                random)
            .keyData();

    changeEpochs(epochs -> epochs.get(0).put("key_data", wrapped));

    assertInstanceOf(ShownEntry.Locked.class, read().show(one, one).get(0));
    carols.catchUp();
    assertEquals(List.of("one"), Friends.texts(carols));
  }

  @Test
  void memberListReordered() {
    alices.renewKey();
    changeStatement(
        2,
        statement -> {
          List<String> lines = new ArrayList<>(statement.lines().toList());
          Collections.swap(lines, lines.size() - 1, lines.size() - 2);
          return String.join("\n", lines) + "\n";
        });
    assertCaught(Kind.EPOCH_AGAINST_THE_RULES, 2);
  }

  @Test
  void memberListChanged_anothersKeyInAMembersLine() {
    Friend mallory = honestly.register("mallory");
    alices.renewKey();
    changeStatement(
        2,
        statement ->
            statement.replace(
                carol.session().publicKey().toHex(), mallory.session().publicKey().toHex()));
    assertCaught(Kind.EPOCH_AGAINST_THE_RULES, 2);
  }

  @Test
  void ghostMember() {
    Friend mallory = honestly.register("mallory");
    alices.renewKey();
    long ghost = 1 + last(alices.epoch()).value();
    changeStatement(
        2,
        statement ->
            statement
                + "member %d member %s mallory\n"
                    .formatted(ghost, mallory.session().publicKey().toHex()));
    assertCaught(Kind.EPOCH_AGAINST_THE_RULES, 2);
  }

  private static UserId last(EpochStatement epoch) {
    return epoch.members().get(epoch.members().size() - 1).user();
  }

  @Test
  void statementsSignatureStripped() {
    alices.renewKey();
    changeEntries(entries -> entries.get(1).put("statement_signature", null));
    assertThrows(UntrustedAnswerException.class, this::read);
  }

  @Test
  void epochReplayed() {
    alices.renewKey();
    alices.renewKey();
    insertCopy(2, 4, copy -> {});
    assertCaught(Kind.EPOCH_AGAINST_THE_RULES, 4);
  }

  @Test
  void epochForked_isProvenByTheNextMessage() {
    Conversation atAlices = atEvil.onNewDevice(alice).conversations().open(alices.id());
    List<Map<?, ?>> keptBack = new ArrayList<>();
    evil.tell((asked, honest) -> {
      if (asked.method().equals("POST")
          && asked.target().endsWith(path("/epochs"))
          && keptBack.isEmpty()) {
        keptBack.add((Map<?, ?>) LyingServer.object(WireJson.read(asked.body())));
        return LyingServer.Told.problem(
            409, "epoch_conflict", Map.of("Content-Type", List.of("application/problem+json")));
      }
      return honest.ask();
    });
    atAlices.renewKey();
    evil.beHonest();

    changeEntries(entries -> {
      entries.get(1).put("statement", keptBack.get(0).get("statement"));
      entries.get(1).put("statement_signature", keptBack.get(0).get("statement_signature"));
    });
    EpochStatement shown = read().epoch();
    assertEquals(atAlices.epoch().epoch(), shown.epoch());
    assertNotEquals(atAlices.epoch(), shown);

    long next = alices.say("next");
    assertCaught(Kind.HISTORIES_DIFFER, next);
  }

  @Test
  void entryInserted() {
    long one = alices.say("one");
    insertCopy(one, one + 1, copy -> {});
    assertCaught(Kind.REPEATED, one + 1);
  }

  @Test
  void messageMovedToAnotherEpoch() {
    alices.renewKey();
    long one = alices.say("one");
    changeEntries(entries -> entries.get((int) one - 1).put("epoch", 1L));
    assertCaught(Kind.OTHER_EPOCH, one);
  }

  @Test
  void twoHistories_areProvenByTheNextMessage() {
    alices.say("one");
    long two = carols.say("two"); // without having read the first
    changeEntries(entries -> {
      Collections.swap(entries, 1, 2);
      entries.get(1).put("id", 2L);
      entries.get(2).put("id", 3L);
    });
    assertEquals(3, two);
    assertEquals(List.of("two", "one"), Friends.texts(read()));

    long next = alices.say("next");
    assertCaught(Kind.HISTORIES_DIFFER, next);
  }

  @Test
  @SuppressWarnings("unchecked")
  void attachmentsHashChanged_showsInvalidAndIsProvenByTheNext() throws IOException {
    Path source = Files.write(folder.resolve("a.txt"), new byte[10]);
    long id = alices.sendFile(source, "text/plain", Optional.empty(), sent -> {});
    changeEntries(entries -> {
      Map<String, @Nullable Object> message = entries.get((int) id - 1);
      Map<String, @Nullable Object> file =
          new LinkedHashMap<>(
              (Map<String, @Nullable Object>) LyingServer.items(message, "files").get(0));
      file.put("sha256", "00".repeat(32));
      message.put("files", List.of(file));
    });
    assertBadSignature(read(), id);

    long next = alices.say("next");
    assertCaught(Kind.HISTORIES_DIFFER, next);
  }

  @Test
  void forgedDeletion_deletesNothing() {
    long one = alices.say("one");
    insertCopy(
        one,
        one + 1,
        copy -> {
          copy.put("kind", "deletion");
          copy.put("deleted_id", one);
        });
    Conversation bobs = read();
    assertBadSignature(bobs, one + 1);
    assertEquals(List.of("one"), Friends.texts(bobs));
    assertProvenOnceItsPlaceIsTaken(one + 1);
  }

  /** An earlier edit once more, as if it were new: the server can't encrypt one of its own. */
  @Test
  void forgedEdit_changesNothing() {
    long one = alices.say("one");
    long first = alices.edit(one, "two");
    long second = alices.edit(one, "three");
    insertCopy(first, second + 1, copy -> copy.put("client_id", UUID.randomUUID().toString()));
    Conversation bobs = read();
    assertBadSignature(bobs, second + 1);
    assertEquals(List.of("three"), Friends.texts(bobs));
    assertProvenOnceItsPlaceIsTaken(second + 1);
  }

  @Test
  void reactionInAnothersName_isNotCounted() {
    long one = alices.say("one");
    carols.catchUp();
    long reaction = carols.react(one, "+");
    changeEntries(
        entries -> entries.get((int) reaction - 1).put("sender_id", alice.idIn(alices).value()));
    Conversation bobs = read();
    assertBadSignature(bobs, reaction);
    ShownEntry.Message shown =
        assertInstanceOf(ShownEntry.Message.class, bobs.show(one, one).get(0));
    assertEquals(Map.of(), shown.reactions());

    alices.catchUp();
    long next = alices.say("next");
    assertCaught(Kind.HISTORIES_DIFFER, next);
  }
}
