package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.wire.WireAnswer;
import org.securechat.testkit.wire.WireGroup;
import org.securechat.testkit.wire.WireGroup.Line;
import org.securechat.testkit.wire.WireJson;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireUser;
import org.securechat.testkit.wire.WireWorld;

/** What others see of an account that was deleted. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@SuppressWarnings("NullAway.Init") // it does not know the method that runs first
class DeletedAccountTest {
  @Parameter(0)
  TestDatabase kind;

  @TempDir Path folder;

  private final TestClock clock = TestClock.atNoon();
  private Map<String, String> database;
  private TestServer server;
  private WireWorld world;
  private WireUser alice;
  private WireUser bob;
  private WireUser carol;
  private String secretOfBob;
  private WireGroup group;
  private Map<String, @Nullable Object> fileOfBob;
  private Map<String, @Nullable Object> fileOfAlice;
  private Map<String, @Nullable Object> unsentOfBob;
  private List<Map<String, @Nullable Object>> before;
  private Optional<WrappedKey> wrappedForBob;

  @BeforeEach
  void talk() {
    database = kind.create(folder);
    server = TestServer.start(folder, clock, database);
    world = new WireWorld(server.url(), clock, WireScheme.ENVELOPE);
    alice = world.user("alice");
    carol = world.user("carol");
    bob = world.stranger("bob");
    secretOfBob = bob.beginRegistration();
    bob.confirmRegistration(secretOfBob);
    group = WireGroup.joined(alice, bob, carol);
    fileOfBob = AccessScene.upload(group, bob);
    fileOfAlice = AccessScene.upload(group, alice);
    unsentOfBob = AccessScene.upload(group, bob);
    send(bob, fileOfBob);
    send(alice, fileOfAlice);
    bob.post(group.path("/read"), "{\"up_to\":3}").expect(200);
    before = group.entriesAfter(alice, 0);
  }

  private void send(WireUser sender, Map<String, @Nullable Object> file) {
    group.send(sender, group.message(sender, WireGroup.bytes(9), List.of(file), null));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void deleteBob() {
    bob.post(
            "/api/me/delete",
            WireJson.object(
                "password_hash",
                bob.key().passwordHash(),
                "totp_code",
                new Authenticator(clock).nextCode(secretOfBob)))
        .expect(200);
  }

  /** What the server does within a minute, also after a restart. */
  private void sweep() {
    server.close();
    Configuration configuration = Configuration.of(TestServer.settings(folder, database));
    try (Backend backend = Backend.open(configuration, clock)) {
      while (backend.chat().housekeeping().run()) {
        // One batch after the other.
      }
      wrappedForBob =
          backend
              .ports()
              .stores()
              .conversationKeys()
              .keysFrom(
                  new ConversationId(group.id()), new UserId(bob.id()), 1, 1, Integer.MAX_VALUE)
              .epochs()
              .get(0)
              .key();
    }
    server = TestServer.start(folder, clock, database);
    world.moveTo(server.url());
  }

  private static List<@Nullable Object> ids(WireAnswer answer, String path) {
    return answer.objects(path).stream()
        .<@Nullable Object>map(each -> each.get("user_id"))
        .toList();
  }

  private static Map<String, @Nullable Object> emptied(Map<String, @Nullable Object> entry) {
    Map<String, @Nullable Object> emptied = new LinkedHashMap<>(entry);
    emptied.put("content", null);
    emptied.put("nonce", null);
    return emptied;
  }

  private static String path(Map<String, @Nullable Object> file) {
    return "/api/files/" + file.get("id");
  }

  @Test
  void answered_theUser_isNobodyAtOnce() {
    alice.post("/api/users/" + bob.name() + "/block", "{}").expect(200);
    WireAnswer nobody = alice.get("/api/users/nobody").refused("404 not_found");

    deleteBob();

    WireAnswer gone = alice.get("/api/users/" + bob.name()).refused("404 not_found");
    assertArrayEquals(nobody.bytes(), gone.bytes());
    assertEquals(nobody.steadyHeaders(), gone.steadyHeaders());
    alice.post("/api/users/" + bob.name() + "/block", "{}").refused("404 not_found");
    assertEquals(List.of(), alice.get("/api/blocks").expect(200).objects("blocks"));
    bob.post("/api/me", "{}").refused("401 not_authenticated");
    bob.post(
            "/api/login",
            WireJson.object(
                "username",
                bob.name(),
                "password_hash",
                bob.key().passwordHash(),
                "totp_code",
                new Authenticator(clock).nextCode(secretOfBob)))
        .refused("401 invalid_credentials");
    WireAnswer conversation = alice.get(group.path("")).expect(200);
    assertEquals(false, ids(conversation, "conversation.participants").contains(bob.id()));
    alice
        .post(
            "/api/conversations",
            new WireGroup()
                .start(alice, List.of(new Line(alice, "admin"), new Line(bob, "member"))))
        .refused("403 forbidden");
  }

  @Test
  void swept_conversation_goesOnWithoutThem() {
    deleteBob();
    sweep();

    for (WireUser reader : List.of(alice, carol)) {
      WireAnswer answer = reader.get(group.path("")).expect(200);
      assertEquals(
          List.of(alice.id(), carol.id()).stream().sorted().toList(),
          ids(answer, "conversation.participants").stream()
              .map(id -> (Long) Objects.requireNonNull(id))
              .sorted()
              .toList());
      assertEquals(2, answer.number("conversation.participant_count"));
      assertEquals(true, answer.at("conversation.rekey_required"));
      assertEquals(1, answer.number("conversation.epoch"));
      assertEquals(3, answer.number("conversation.last_id"));
      assertEquals(WireGroup.keyData(reader), answer.text("conversation.key.key_data"));
      assertEquals(
          answer.object("conversation"),
          reader.get("/api/conversations").expect(200).object("conversations.0"));
      WireAnswer epochs = reader.get(group.path("/epochs")).expect(200);
      assertEquals(group.statement(), epochs.text("epochs.0.statement"));
      assertEquals(WireGroup.keyData(reader), epochs.text("epochs.0.key_data"));
    }
    alice
        .post(group.path("/messages"), group.message(alice, "to whom?"))
        .refused("409 rekey_required");
    alice
        .post(group.path("/epochs"), group.next(alice, group.lines()))
        .refused("400 invalid_statement");
    group.advance(carol, List.of(new Line(alice, "admin"), new Line(carol, "member")));
    group.send(alice, "to carol");
  }

  @Test
  void swept_keyWrappedForThem_isErased() {
    assertEquals(
        WireGroup.keyData(bob),
        bob.get(group.path("/epochs")).expect(200).text("epochs.0.key_data"));
    deleteBob();
    sweep();

    assertEquals(Optional.empty(), wrappedForBob);
  }

  @Test
  void swept_messages_keepTheirPlaceWithoutContent() {
    deleteBob();
    sweep();

    List<Map<String, @Nullable Object>> expected =
        List.of(before.get(0), emptied(before.get(1)), before.get(2));
    assertEquals(expected, group.entriesAfter(alice, 0));
    assertEquals(expected, group.entriesAfter(carol, 0));
    assertEquals(bob.id(), expected.get(1).get("sender_id"));
    assertEquals(List.of(fileOfBob), expected.get(1).get("files"));
  }

  @Test
  void swept_files_areGoneUnlessTheyAreAnothers() {
    deleteBob();
    sweep();

    for (WireUser reader : List.of(alice, carol)) {
      WireAnswer unknown = reader.get("/api/files/1").refused("404 not_found");
      for (Map<String, @Nullable Object> file : List.of(fileOfBob, unsentOfBob)) {
        WireAnswer gone = reader.get(path(file)).refused("404 not_found");
        assertArrayEquals(unknown.bytes(), gone.bytes());
        assertEquals(unknown.steadyHeaders(), gone.steadyHeaders());
      }
      assertArrayEquals(WireGroup.bytes(9), reader.get(path(fileOfAlice)).expect(200).bytes());
    }
  }

  @Test
  void swept_whereTheyHadLeftOrWereInvited_areNotThereEither() {
    WireGroup left = WireGroup.joined(alice, bob);
    left.send(bob, "before I go");
    bob.post(left.path("/leave"), "{}").expect(200);
    left.advance(alice, List.of(new Line(alice, "admin")));
    WireGroup invited = WireGroup.begin(alice, bob);
    deleteBob();
    sweep();

    WireAnswer emptied = alice.get(left.path("/messages?after=1&limit=1")).expect(200);
    assertEquals(bob.id(), emptied.at("messages.0.sender_id"));
    assertNull(emptied.at("messages.0.content"));
    left.send(alice, "nothing has changed here");
    WireAnswer answer = alice.get(invited.path("")).expect(200);
    assertEquals(List.of(alice.id()), ids(answer, "conversation.participants"));
    assertEquals(true, answer.at("conversation.rekey_required"));
  }

  @Test
  void swept_reader_seesNoMarkAndGetsNoEventsOfIt() {
    Map<String, @Nullable Object> known = WireJson.object(Long.toString(group.id()), 3L);
    assertEquals(true, carol.get(group.path("")).expect(200).body().contains("\"read_up_to\":3"));
    deleteBob();
    sweep();

    WireAnswer synced =
        carol.post("/api/sync", WireJson.object("after", known, "wait", 0L)).expect(200);

    assertEquals(List.of(), synced.objects("events"));
    assertEquals(false, carol.get(group.path("")).expect(200).body().contains("\"read_up_to\":3"));
  }

  @Test
  void nameAndAddress_takenBySomebodyElse_areNotTheOldOnes() {
    deleteBob();
    WireUser heir = world.stranger("heir");
    Map<String, @Nullable Object> registration = heir.registration();
    registration.put("username", bob.name());
    registration.put("email", bob.key().email());
    String secret = heir.post("/api/register", registration).expect(200).text("secret");
    heir.confirmRegistration(secret);
    sweep();

    assertNotEquals(bob.id(), heir.id());
    WireAnswer found = alice.get("/api/users/" + bob.name()).expect(200);
    assertEquals(heir.id(), found.number("id"));
    assertEquals(heir.key().identityKey().toPem(), found.text("public_key"));
    heir.get(group.path("")).refused("404 not_found");
    heir.get(path(fileOfBob)).refused("404 not_found");
    assertEquals(bob.id(), group.entriesAfter(alice, 1).get(0).get("sender_id"));
    assertEquals(List.of(), heir.get("/api/conversations").expect(200).objects("conversations"));
  }
}
