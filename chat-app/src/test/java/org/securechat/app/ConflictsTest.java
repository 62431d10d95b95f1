package org.securechat.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.app.Friends.Friend;
import org.securechat.app.LyingServer.Asked;
import org.securechat.app.LyingServer.Told;
import org.securechat.client.ChatClient;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.UnavailableException;
import org.securechat.client.http.HttpSettings;
import org.securechat.client.http.ServerAddress;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.testkit.TestClock;

/**
 * What goes wrong between a client and an honest server, and that nothing of it is lost or twice.
 */
class ConflictsTest {
  private static final HttpSettings DEFAULTS = HttpSettings.defaults();

  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private TestServer server;
  private LyingServer between;
  private Friend alice;
  private Friend bob;
  private Conversation alices;
  private Conversation bobs;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, clock);
    between = LyingServer.before(server);
    Friends friends = new Friends(between.url(), clock);
    alice = friends.register("alice");
    bob = friends.register("bob");
    alices =
        alice.conversations().start(Optional.empty(), List.of(alice.session().user(bob.name())));
    bobs = bob.conversations().open(alices.id());
    bobs.join();
  }

  @AfterEach
  void stop() {
    between.close();
    server.close();
  }

  private static boolean isSending(Asked asked) {
    return posts(asked, "/messages");
  }

  private static boolean isStartingAnEpoch(Asked asked) {
    return posts(asked, "/epochs");
  }

  private static boolean posts(Asked asked, String end) {
    return asked.method().equals("POST") && asked.target().endsWith(end);
  }

  /** The first such calls fail. */
  private void fail(Predicate<Asked> when, int times, LyingServer.Lie failure) {
    AtomicInteger left = new AtomicInteger(times);
    between.tell((asked, honest) ->
        when.test(asked) && left.getAndDecrement() > 0
            ? failure.answer(asked, honest)
            : honest.ask());
  }

  private static Told refused(int status, String code) {
    return Told.problem(status, code, Map.of("Retry-After", List.of("0")));
  }

  private void assertBothRead(String... texts) {
    alices.catchUp();
    bobs.catchUp();
    for (Conversation each : List.of(alices, bobs)) {
      assertEquals(
          List.of(texts),
          each.history().stream()
              .filter(ShownEntry.Message.class::isInstance)
              .map(entry -> ((MessageContent.Text) ((ShownEntry.Message) entry).content()).body())
              .toList());
    }
  }

  @Test
  void answerLost_messageStandsOnce() {
    fail(
        ConflictsTest::isSending,
        2,
        (asked, honest) -> {
          honest.ask();
          throw new LyingServer.BrokenOffException();
        });

    alices.say("hello");

    assertBothRead("hello");
  }

  @Test
  void answerLostAndTheEpochRenewedMeanwhile_messageStandsOnce() {
    fail(
        ConflictsTest::isSending,
        1,
        (asked, honest) -> {
          honest.ask();
          bobs.renewKey();
          throw new LyingServer.BrokenOffException();
        });

    alices.say("hello");

    assertBothRead("hello");
  }

  @Test
  void serverAwayOrBusy_isAskedAgain() {
    fail(ConflictsTest::isSending, 1, (asked, honest) -> refused(503, "unavailable"));
    fail(ConflictsTest::isSending, 1, (asked, honest) -> refused(429, "rate_limited"));

    alices.say("hello");

    assertBothRead("hello");
  }

  @Test
  void serverAwayForLong_isGivenUpInTime() {
    AtomicInteger asked = new AtomicInteger();
    between.tell((request, honest) -> {
      if (!isSending(request)) {
        return honest.ask();
      }
      asked.incrementAndGet();
      return refused(503, "unavailable");
    });

    assertThrows(UnavailableException.class, () -> alices.say("hello"));

    assertEquals(6, asked.get());
    between.beHonest();
    alices.say("later");
    assertBothRead("later");
  }

  @Test
  void serverAwayForLongerThanAnybodyWaits_isGivenUpAtOnce() {
    AtomicInteger asked = new AtomicInteger();
    between.tell((request, honest) -> {
      if (!isSending(request)) {
        return honest.ask();
      }
      asked.incrementAndGet();
      return Told.problem(429, "rate_limited", Map.of("Retry-After", List.of("3600")));
    });

    assertThrows(RefusedException.class, () -> alices.say("hello"));
    assertEquals(1, asked.get());
  }

  @Test
  void epochRenewedByAnotherJustBefore_messageIsSealedAgain() {
    fail(
        ConflictsTest::isSending,
        1,
        (asked, honest) -> {
          bobs.renewKey();
          return honest.ask();
        });

    alices.say("hello");

    assertEquals(2, alices.epoch().epoch());
    assertBothRead("hello");
  }

  @Test
  void memberLeftJustBefore_keyIsRenewedFirst() {
    fail(
        ConflictsTest::isSending,
        1,
        (asked, honest) -> {
          bobs.leave();
          return honest.ask();
        });

    alices.say("alone");

    assertEquals(1, alices.members().size());
  }

  @Test
  void epochStartedByAnotherJustBefore_isTriedAgainOnTheirs() {
    fail(
        ConflictsTest::isStartingAnEpoch,
        1,
        (asked, honest) -> {
          bobs.renewKey();
          return honest.ask();
        });

    alices.renewKey();

    assertEquals(3, alices.epoch().epoch());
    alices.say("hello");
    assertBothRead("hello");
  }

  @Test
  void epochStartedByAnotherRightAfter_isNotOverturned() {
    alices.changeRole(bob.idIn(alices), Role.ADMIN);
    Friend carol = new Friends(server.url(), clock).register("carol");
    fail(
        ConflictsTest::isStartingAnEpoch,
        1,
        (asked, honest) -> {
          Told told = honest.ask();
          bobs.remove(Set.of(carol.session().me().id()));
          return told;
        });

    alices.add(List.of(alice.session().user(carol.name())), Role.MEMBER);

    assertEquals(2, alices.members().size());
    assertEquals(4, alices.epoch().epoch());
  }

  @Test
  void answerToAnEpochLost_epochIsTakenOver() {
    fail(
        ConflictsTest::isStartingAnEpoch,
        1,
        (asked, honest) -> {
          honest.ask();
          throw new LyingServer.BrokenOffException();
        });

    alices.renewKey();

    assertEquals(2, alices.epoch().epoch());
    alices.say("hello");
    assertBothRead("hello");
  }

  @Test
  void answerToTheBeginningLost_conversationIsFoundByItsGroup() {
    fail(
        asked -> posts(asked, "/api/conversations"),
        1,
        (asked, honest) -> {
          honest.ask();
          throw new LyingServer.BrokenOffException();
        });
    int before = alice.conversations().list().size();

    Conversation begun = alice.conversations().start(Optional.of("found"), List.of());

    assertEquals(Optional.of("found"), begun.name());
    assertEquals(before + 1, alice.conversations().list().size());
  }

  @Test
  void fileChangedBetweenTwoTries_isNotSentUnderTheSameKey() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "as it was");
    AtomicInteger uploads = new AtomicInteger();
    between.tell((asked, honest) -> {
      if (!asked.target().contains("/files?")) {
        return honest.ask();
      }
      uploads.incrementAndGet();
      Files.writeString(file, "as it is!");
      return refused(503, "unavailable");
    });

    assertThrows(
        IOException.class, () -> alices.sendFile(file, "text/plain", Optional.empty(), sent -> {}));

    assertEquals(1, uploads.get());
  }

  @Test
  void clockThatIsWrong_isSetRightAndTheMessageSent() {
    TestClock off = TestClock.atNoon();
    off.advance(Duration.ofHours(1));
    ChatClient client = ChatClient.to(ServerAddress.parse(between.url()), DEFAULTS, off);
    AtomicInteger refusals = new AtomicInteger();
    between.tell((asked, honest) -> {
      Told told = honest.ask();
      if (new String(told.body(), UTF_8).contains("\"timestamp_out_of_range\"")) {
        refusals.incrementAndGet();
      }
      return told;
    });

    Conversations again = Conversations.of(client.resume(alice.session().saved()));
    again.open(alices.id()).say("hello");

    assertEquals(1, refusals.get());
    assertBothRead("hello");
  }
}
