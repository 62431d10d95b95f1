package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.securechat.app.Friends.Friend;
import org.securechat.client.conversation.Conversation;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.ServerFault.Kind;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.conversation.VerifiedEntry.Reason;
import org.securechat.testkit.wire.WireJson;

/** A server that lies to one member of three about the others: their epochs, keys and words. */
class EvilServerMembersTest extends BobIsLiedTo {
  private Friend carol;
  private Conversation carols;

  @Override
  List<String> namesOfOthers() {
    return List.of("carol");
  }

  @BeforeEach
  void join() {
    carol = others.get(0);
    carols = carol.conversations().open(alices.id());
    carols.join();
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
    String wrapped = wrap(another, alices.epoch(), bob);

    changeEpochs(epochs -> epochs.get(0).put("key_data", wrapped));

    assertInstanceOf(ShownEntry.Locked.class, read().show(one, one).get(0));
    carols.catchUp();
    assertEquals(List.of("one"), Friends.texts(carols));
  }

  /** Alice's own client gives Bob another key than Carol; the server passes on what it got. */
  @Test
  void memberGivesMembersDifferentKeys_victimRenewsAndNobodyBlamesTheServer() throws Exception {
    ConversationKey real = ConversationKey.generate(random);
    ConversationKey another = ConversationKey.generate(random);
    EpochStatement before = alices.epoch();
    EpochStatement next =
        EpochStatement.of(
            before.group(),
            before.epoch() + 1,
            before.hash(),
            real.commitment(),
            alice.conversations().export(alices.id(), folder.resolve("seen.export"), false),
            before.author(),
            before.members());
    Map<Friend, String> keys =
        Map.of(
            alice, wrap(real, next, alice),
            bob, wrap(another, next, bob),
            carol, wrap(real, next, carol));
    beginEpoch(alice, next, keys);
    alices.catchUp();
    long one = alices.say("one");
    carols.catchUp();
    assertEquals(List.of("one"), Friends.texts(carols));

    Conversation bobs = bob.conversations().open(alices.id());
    bobs.catchUp();
    ShownEntry.Locked locked =
        assertInstanceOf(ShownEntry.Locked.class, bobs.show(one, one).get(0));
    assertEquals(alice.name(), locked.sender().name());
    bobs.say("two");
    assertEquals(next.epoch() + 1, bobs.epoch().epoch());
    alices.catchUp();
    alices.say("three");
    bobs.catchUp();
    carols.catchUp();

    assertEquals(List.of("two", "three"), Friends.texts(bobs));
    assertEquals(List.of("one", "two", "three"), Friends.texts(carols));
    for (Friend friend : keys.keySet()) {
      assertEquals(Map.of(), friend.conversations().faults());
    }
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
    changeEntry(2, epoch -> epoch.put("statement_signature", null));
    assertRefused();
  }

  @Test
  void epochReplayed() {
    alices.renewKey();
    alices.renewKey();
    insertCopy(2, 4, copy -> {});
    assertCaught(Kind.EPOCH_AGAINST_THE_RULES, 4);
  }

  @Test
  void epochRolledBack_messageOfTheOldOneBehindTheNew() {
    long one = alices.say("one");
    alices.renewKey();
    insertCopy(one, one + 2, copy -> copy.put("client_id", UUID.randomUUID().toString()));
    assertCaught(Kind.OTHER_EPOCH, one + 2);
  }

  @Test
  void epochSkippedWithoutAGap_nextOneDoesNotFollow() {
    alices.renewKey();
    alices.renewKey();
    takeOut(2);
    assertCaught(Kind.EPOCH_AGAINST_THE_RULES, 2);
  }

  @Test
  void epochSkippedWithoutAGap_itsMessageIsOfAnother() {
    alices.renewKey();
    alices.say("one");
    takeOut(2);
    assertCaught(Kind.OTHER_EPOCH, 2);
  }

  /** With its own sender, signature and content, as if it had been written here. */
  @Test
  void messageOfAnotherConversation_isNotShownInThisOne() {
    other.say("elsewhere");
    Map<String, @Nullable Object> message = entriesOf(other).get(1);
    message.put("conversation_id", alices.id().value());
    alices.say("one");

    changeEntries(entries -> insert(entries, 3, message));

    Conversation bobs = read();
    assertBadSignature(bobs, 3);
    assertEquals(List.of("one"), Friends.texts(bobs));
    assertProvenOnceItsPlaceIsTaken(3);
  }

  /** Of the same people, in the same place: the group alone is another. */
  @Test
  void epochOfATwinGroup_isNotOfThisOne() {
    Conversation twin =
        alice
            .conversations()
            .start(
                Optional.empty(),
                List.of(alice.session().user(bob.name()), alice.session().user(carol.name())));
    bob.conversations().open(twin.id()).join();
    twin.renewKey();
    Map<String, @Nullable Object> epoch = entriesOf(twin).get(1);
    epoch.put("conversation_id", alices.id().value());
    alices.say("one");

    changeEntries(entries -> insert(entries, 2, epoch));

    assertCaught(Kind.EPOCH_AGAINST_THE_RULES, 2);
  }

  /** What Bob is told of another conversation. */
  private List<Map<String, @Nullable Object>> entriesOf(Conversation elsewhere) {
    List<Map<String, @Nullable Object>> told = new ArrayList<>();
    evil.changeItems(
        "/conversations/" + elsewhere.id().value() + "/messages", "messages", told::addAll);
    atEvil.onNewDevice(bob).conversations().open(elsewhere.id());
    evil.beHonest();
    return told;
  }

  /** Bob comes to a conversation in which something was said before. */
  private Conversation withoutBob() {
    alices =
        alice.conversations().start(Optional.empty(), List.of(alice.session().user(carol.name())));
    carols = carol.conversations().open(alices.id());
    carols.join();
    return atEvil.onNewDevice(alice).conversations().open(alices.id());
  }

  private void add(Conversation adding) {
    adding.add(List.of(alice.session().user(bob.name())), Role.MEMBER);
    bob.conversations().open(alices.id()).join();
    alices.catchUp();
  }

  @Test
  void messageToANewMemberAsAStub() {
    Conversation adding = withoutBob();
    carols.say("before him");
    add(adding);
    long one = alices.say("for him");
    hide(one);
    assertCaught(Kind.HIDDEN_FROM_MEMBER, one);
  }

  /** Between what the adder has seen and the new member's epoch, stubs are what is to be. */
  @Test
  void falseStubBeforeANewMember_isProvenByTheNextMessage() {
    Conversation adding = withoutBob();
    long between = carols.say("before him");
    changeEntries(entries -> entries.removeIf(entry -> isAt(entry, between)));
    evil.tell((asked, honest) -> {
      if (asked.method().equals("POST")) {
        evil.beHonest(); // Alice has signed what she had seen.
      }
      return honest.ask();
    });
    add(adding);
    changeEntry(between, stub -> stub.put("body_hash", "00".repeat(32)));
    assertEquals(List.of(), Friends.texts(read()));

    long next = alices.say("next");
    assertCaught(Kind.HISTORIES_DIFFER, next);
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

    changeEntry(
        2,
        epoch -> {
          epoch.put("statement", keptBack.get(0).get("statement"));
          epoch.put("statement_signature", keptBack.get(0).get("statement_signature"));
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
    changeEntry(one, message -> message.put("epoch", 1L));
    assertCaught(Kind.OTHER_EPOCH, one);
  }

  @Test
  void twoHistories_areProvenByTheNextMessage() {
    long one = alices.say("one");
    long two = carols.say("two"); // without having read the first
    swap(one, two);
    assertEquals(List.of("two", "one"), Friends.texts(read()));

    long next = alices.say("next");
    assertCaught(Kind.HISTORIES_DIFFER, next);
  }

  @Test
  void attachmentsHashChanged_showsInvalidAndIsProvenByTheNext() throws IOException {
    Path source = Files.write(folder.resolve("a.txt"), new byte[10]);
    long id = alices.sendFile(source, "text/plain", Optional.empty(), sent -> {});
    changeEntry(
        id,
        message -> {
          Map<String, @Nullable Object> file =
              new LinkedHashMap<>(LyingServer.items(message, "files").get(0));
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
    changeEntry(reaction, entry -> entry.put("sender_id", alice.idIn(alices).value()));
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
