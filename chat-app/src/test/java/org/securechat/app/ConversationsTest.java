package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.app.Friends.Friend;
import org.securechat.client.SavedSession;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.ConversationEvent;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.testkit.Background;
import org.securechat.testkit.TestClock;

/** The SDK's conversations and the real server. */
class ConversationsTest {
  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private TestServer server;
  private Friends friends;
  private Friend alice;
  private Friend bob;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, clock);
    friends = new Friends(server.url(), clock);
    alice = friends.register("alice");
    bob = friends.register("bob");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Conversation begin() {
    return alice
        .conversations()
        .start(Optional.of("lunch"), List.of(alice.session().user(bob.name())));
  }

  private static Conversation join(Friend friend, Conversation conversation) {
    Conversation joined = friend.conversations().open(conversation.id());
    joined.join();
    return joined;
  }

  private static ShownEntry.Message message(Conversation conversation, long id) {
    return assertInstanceOf(ShownEntry.Message.class, conversation.show(id, id).get(0));
  }

  @Test
  void twoPeople_sayReplyEditReactAndDelete() {
    Conversation alices = begin();
    Conversation bobs = bob.conversations().open(alices.id());
    assertFalse(bobs.isJoined());
    assertEquals(List.of(), bobs.history());
    bobs.join();
    assertEquals(Optional.of("lunch"), bobs.name());

    long hungry = alices.say("Hungri?");
    bobs.catchUp();
    long reply = bobs.send(new MessageContent.Text("Yes!", Optional.of(hungry)));
    alices.edit(hungry, "Hungry?");
    bobs.catchUp();
    bobs.react(hungry, "+1");
    alices.catchUp();

    for (Conversation each : List.of(alices, bobs)) {
      each.catchUp();
      assertEquals(List.of("Hungry?", "Yes!"), Friends.texts(each));
      assertTrue(message(each, hungry).edited());
      assertEquals(Map.of("+1", Set.of(bob.idIn(alices))), message(each, hungry).reactions());
      assertEquals(Optional.of(hungry), message(each, reply).replyTo());
    }

    alices.delete(hungry);
    bobs.catchUp();
    assertEquals(List.of("Yes!"), Friends.texts(bobs));
    assertEquals(
        ShownEntry.Cause.DELETED,
        assertInstanceOf(ShownEntry.Gone.class, bobs.show(hungry, hungry).get(0)).cause());
    assertEquals(
        RefusalCode.FORBIDDEN,
        assertThrows(RefusedException.class, () -> bobs.delete(hungry - 1)).code());
  }

  @Test
  void delete_messageThatAnotherTriedToEdit_isDeleted() {
    Conversation alices = begin();
    Conversation bobs = join(bob, alices);
    bobs.catchUp();
    long bobsOwn = bobs.say("mine");
    alices.catchUp();
    long stranger = alices.edit(bobsOwn, "yours");

    // Nobody but Alice may delete her entry.
    bobs.delete(bobsOwn);

    assertInstanceOf(ShownEntry.Gone.class, bobs.show(bobsOwn, bobsOwn).get(0));
    assertInstanceOf(ShownEntry.Invalid.class, bobs.show(stranger, stranger).get(0));
  }

  @Test
  void delete_editThatWasNotReadYet_isDeletedToo() {
    Conversation alices = begin();
    long message = alices.say("fist");
    Conversation elsewhere = friends.onNewDevice(alice).conversations().open(alices.id());
    long edit = elsewhere.edit(message, "first");

    alices.delete(message);

    assertInstanceOf(ShownEntry.Gone.class, alices.show(message, message).get(0));
    assertInstanceOf(ShownEntry.Gone.class, alices.show(edit, edit).get(0));
  }

  @Test
  void newDevice_readsEverythingItsOwnerMay() {
    Conversation alices = begin();
    Conversation bobs = join(bob, alices);
    alices.say("one");
    alices.renewKey();
    bobs.catchUp();
    bobs.say("two");

    Conversation again = friends.onNewDevice(bob).conversations().open(alices.id());

    assertEquals(List.of("one", "two"), Friends.texts(again));
    again.say("three");
    alices.catchUp();
    assertEquals(List.of("one", "two", "three"), Friends.texts(alices));
  }

  @Test
  void whoIsAdded_readsFromThereOn_andWhoIsRemoved_untilThen() {
    Friend carol = friends.register("carol");
    Conversation alices = begin();
    Conversation bobs = join(bob, alices);
    alices.say("before");
    alices.add(List.of(alice.session().user(carol.name())), Role.MEMBER);
    Conversation carols = join(carol, alices);
    assertEquals(Optional.of("lunch"), carols.name());
    alices.say("with carol");
    carols.catchUp();
    assertEquals(List.of("with carol"), Friends.texts(carols));

    alices.remove(Set.of(carol.idIn(carols)));
    bobs.catchUp();
    bobs.say("without carol");

    assertEquals(
        RefusalCode.NOT_FOUND, assertThrows(RefusedException.class, carols::catchUp).code());
    alices.catchUp();
    assertEquals(List.of("before", "with carol", "without carol"), Friends.texts(alices));
    assertEquals(2, alices.members().size());
  }

  @Test
  void whoeverLeaves_isDroppedBeforeTheNextMessage() {
    Conversation alices = begin();
    Conversation bobs = join(bob, alices);
    alices.changeRole(bob.idIn(alices), Role.ADMIN);
    bobs.catchUp();
    alices.leave();

    bobs.say("alone");

    bobs.catchUp();
    assertEquals(List.of("alone"), Friends.texts(bobs));
    assertEquals(1, bobs.members().size());
  }

  @Test
  void keysOfWhoWasRemovedOrAddedLater_openNothingButTheirs() {
    Friend carol = friends.register("carol");
    Map<UserId, IdentityKeyPair> identities =
        Stream.of(alice, bob, carol)
            .map(friend -> friend.session().saved())
            .collect(Collectors.toMap(saved -> saved.account().id(), SavedSession::identity));
    Conversation alices = begin();
    Conversation bobs = join(bob, alices);
    Room room = new Room(alices.id());
    room.called("lunch");
    List.of("both", "and again").forEach(text -> room.said(alices.say(text), Said.text(text)));
    alices.remove(Set.of(bob.idIn(bobs)));
    room.said(alices.say("alone"), Said.text("alone"));
    alices.add(List.of(alice.session().user(carol.name())), Role.MEMBER);
    room.said(alices.say("with carol"), Said.text("with carol"));

    try (StoredConversations stored = StoredConversations.in(folder)) {
      room.read(stored, identities);

      // For carol the name, three texts; for bob a text, the name that was told to carol, a text.
      assertEquals(4 + 3, room.requireSecrecy(stored, identities));
    }
  }

  @Test
  void whoLeftAndIsAddedAtOnce_isANewMember() {
    Conversation alices = begin();
    Conversation bobs = join(bob, alices);
    alices.say("before");
    bobs.leave();

    alices.add(List.of(alice.session().user(bob.name())), Role.MEMBER);

    bob.conversations().await(Duration.ZERO);
    bobs = join(bob, alices);
    alices.say("after");
    bobs.catchUp();
    assertEquals(List.of("after"), Friends.texts(bobs));
  }

  @Test
  void whoWasRemovedAndAddedAgain_opensItAnewAndHearsOfNoLie() {
    Conversation alices = begin();
    Conversation bobs = join(bob, alices);
    alices.say("before");
    bobs.catchUp();
    alices.remove(Set.of(bob.idIn(alices)));
    alices.say("without bob");
    alices.add(List.of(alice.session().user(bob.name())), Role.MEMBER);
    Friend elsewhere = friends.onNewDevice(bob);
    join(elsewhere, alices);
    alices.say("after");

    assertThrows(UntrustedAnswerException.class, bobs::catchUp);
    bob.conversations().await(Duration.ZERO);
    Conversation again = bob.conversations().open(alices.id());

    assertEquals(List.of("before"), Friends.texts(bobs));
    assertEquals(List.of("after"), Friends.texts(again));
  }

  @Test
  void textTooLongForAMessage_goesAsAFile() throws IOException {
    Conversation alices = begin();
    Conversation bobs = join(bob, alices);
    String asLongAsItMayBe = "x".repeat(63_487 - "{\"type\":\"text\",\"body\":\"\"}".length());

    alices.say(asLongAsItMayBe);
    long file = alices.say(asLongAsItMayBe + "\u00fc");
    bobs.catchUp();

    assertEquals(List.of(asLongAsItMayBe), Friends.texts(bobs));
    MessageContent.Files files =
        assertInstanceOf(MessageContent.Files.class, message(bobs, file).content());
    Path saved = folder.resolve("saved.txt");
    bobs.saveFile(files.files().get(0), saved, copied -> {});
    assertEquals(asLongAsItMayBe + "\u00fc", Files.readString(saved));
  }

  @Test
  void whoJoinsOnOneDevice_hasJoinedOnTheOthers() {
    Friend elsewhere = friends.onNewDevice(bob);
    Conversation alices = begin();
    Conversation invited = elsewhere.conversations().open(alices.id());
    assertFalse(invited.isJoined());
    join(bob, alices);
    alices.say("hello");

    elsewhere.conversations().await(Duration.ZERO);

    assertTrue(invited.isJoined());
    assertEquals(List.of("hello"), Friends.texts(invited));
    alices.say("and again");
    invited.catchUp();
    invited.say("hi");
    assertEquals(List.of("hello", "and again", "hi"), Friends.texts(invited));
  }

  @Test
  void whoJoinsOnOneDevice_speaksOnTheOthersAtOnce() {
    Friend elsewhere = friends.onNewDevice(bob);
    Conversation alices = begin();
    Conversation invited = elsewhere.conversations().open(alices.id());
    join(bob, alices);

    invited.say("hello");

    assertEquals(List.of("hello"), Friends.texts(invited));
  }

  @Test
  void messageThatExpires_isHiddenWithItsEdits() {
    Conversation alices = begin();
    Conversation bobs = join(bob, alices);
    long id = alices.send(new MessageContent.Text("soon", Optional.empty()), Duration.ofMinutes(1));
    clock.advance(Duration.ofMillis(10_500));
    long edit = alices.edit(id, "very soon");
    bobs.catchUp();
    assertEquals(List.of("very soon"), Friends.texts(bobs));

    clock.advance(Duration.ofMillis(49_499));
    assertEquals(List.of("very soon"), Friends.texts(bobs));
    clock.advance(Duration.ofMillis(501));

    assertEquals(
        ShownEntry.Cause.EXPIRED,
        assertInstanceOf(ShownEntry.Gone.class, bobs.show(id, id).get(0)).cause());
    assertEquals(
        ShownEntry.Cause.EXPIRED,
        assertInstanceOf(ShownEntry.Gone.class, bobs.show(edit, edit).get(0)).cause());
  }

  @Test
  void key_isRenewedBeforeTheFirstMessageAfterAWeek() {
    Conversation alices = begin();
    alices.say("today");
    assertEquals(1, alices.epoch().epoch());

    clock.advance(Duration.ofDays(7).minusSeconds(2));
    Friend again = friends.onNewDevice(alice);
    Conversation later = again.conversations().open(alices.id());
    clock.advance(Duration.ofSeconds(2));
    later.say("next week");

    assertEquals(2, later.epoch().epoch());
    assertEquals(List.of("today", "next week"), Friends.texts(later));
  }

  @Test
  void file_isSentAndSaved_orNothingIs() throws IOException {
    Conversation alices = begin();
    Conversation bobs = join(bob, alices);
    byte[] noise = new byte[300_000];
    new Random(1).nextBytes(noise);
    Path source = Files.write(folder.resolve("photo.jpg"), noise);
    AtomicLong sent = new AtomicLong();
    AtomicLong saved = new AtomicLong();

    long id = alices.sendFile(source, "image/jpeg", Optional.of("look"), sent::set);
    bobs.catchUp();
    MessageContent.Files files =
        assertInstanceOf(MessageContent.Files.class, message(bobs, id).content());
    Path target = folder.resolve("saved.jpg");
    bobs.saveFile(files.files().get(0), target, saved::set);

    assertEquals("photo.jpg", files.files().get(0).name());
    assertEquals(Optional.of("look"), files.body());
    assertArrayEquals(noise, Files.readAllBytes(target));
    assertTrue(sent.get() > noise.length);
    assertEquals(noise.length, saved.get());
    assertThrows(
        FileAlreadyExistsException.class,
        () -> bobs.saveFile(files.files().get(0), target, saved::set));
    try (Stream<Path> left = Files.list(folder)) {
      assertFalse(left.anyMatch(file -> file.toString().endsWith(".part")));
    }
  }

  /** F-6 */
  @Test
  void file_isUploaded_tellsTheServerNeitherNameNorType() throws IOException {
    Conversation bobs = join(bob, begin());
    Path source = Files.write(folder.resolve("payroll.pdf"), new byte[1_000]);
    List<LyingServer.Asked> asked = new CopyOnWriteArrayList<>();
    try (LyingServer between = LyingServer.before(server)) {
      between.tell((request, honest) -> {
        asked.add(request);
        return honest.ask();
      });
      Conversation alices =
          new Friends(between.url(), clock).onNewDevice(alice).conversations().open(bobs.id());
      alices.sendFile(source, "application/pdf", Optional.of("payroll"), sent -> {});
    }

    assertEquals(
        List.of(
            "/api/conversations/"
                + bobs.id().value()
                + "/files?filename=file&mime_type=application/octet-stream"),
        asked.stream()
            .map(LyingServer.Asked::target)
            .filter(target -> target.contains("/files"))
            .toList());
    assertFalse(asked.stream().anyMatch(each -> each.toString().matches("(?s).*(payroll|pdf).*")));
  }

  @Test
  void await_tellsOfEntriesInvitationsReadsAndRemoval() throws Exception {
    CompletableFuture<List<ConversationEvent>> invitation =
        Background.supply(() -> bob.conversations().await(Duration.ofSeconds(20)));
    Conversation alices = begin();
    ConversationEvent.Changed changed =
        assertInstanceOf(
            ConversationEvent.Changed.class, invitation.get(30, TimeUnit.SECONDS).get(0));
    assertEquals(alices.id(), changed.conversation());
    Conversation bobs = join(bob, alices);

    alices.catchUp();
    long id = alices.say("hello");
    assertTrue(
        bob.conversations()
            .await(Duration.ofSeconds(20))
            .contains(new ConversationEvent.Entry(alices.id(), id)));
    assertEquals(List.of("hello"), Friends.texts(bobs));
    assertEquals(id, bobs.markRead(id));
    assertEquals(
        Map.of("alice", 0L, "bob", id),
        alices.info().participants().orElseThrow().stream()
            .collect(Collectors.toMap(each -> each.name().value(), each -> each.readUpTo())));

    alices.remove(Set.of(bob.idIn(alices)));
    List<ConversationEvent> last = bob.conversations().await(Duration.ofSeconds(20));
    assertTrue(last.contains(new ConversationEvent.Removed(alices.id())), last::toString);
  }

  @Test
  void manyAtOnce_eachMessageStandsOnce() throws Exception {
    Conversation alices = begin();
    Conversation bobs = join(bob, alices);
    alices.changeRole(bob.idIn(alices), Role.ADMIN);
    bobs.catchUp();
    CompletableFuture<Void> one =
        Background.run(() -> {
          for (int i = 0; i < 10; i++) {
            alices.say("alice " + i);
            if (i % 3 == 0) {
              alices.renewKey();
            }
          }
        });
    for (int i = 0; i < 10; i++) {
      bobs.say("bob " + i);
      if (i % 4 == 0) {
        bobs.renewKey();
      }
    }
    one.get(60, TimeUnit.SECONDS);

    alices.catchUp();
    bobs.catchUp();
    assertEquals(20, Friends.texts(alices).size());
    assertEquals(20, Set.copyOf(Friends.texts(alices)).size());
    assertEquals(Friends.texts(alices), Friends.texts(bobs));
  }
}
