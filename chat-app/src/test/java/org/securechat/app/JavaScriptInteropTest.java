package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.app.Friends.Friend;
import org.securechat.client.User;
import org.securechat.client.conversation.Conversation;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.Member;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.content.AttachedFile;
import org.securechat.protocol.content.MessageContent;
import org.securechat.protocol.conversation.ShownEntry;
import org.securechat.protocol.key.SafetyNumber;
import org.securechat.testkit.TestClock;

/**
 * Two implementations of the end-to-end encryption at one server: the SDK, and the one in {@code
 * src/test/js/e2ee}, which was written from the document alone. Each verifies all that it shows, so
 * equal lines mean equal logs.
 */
class JavaScriptInteropTest {
  private static final String PIZZA = "\ud83c\udf55";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir static Path installed;
  private static NodeProject project;

  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private final List<JavaScriptDevice> devices = new ArrayList<>();
  private TestServer server;
  private Friends friends;
  private Friend alice;

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    project = NodeProject.install(installed);
  }

  @BeforeEach
  void start() {
    server = TestServer.start(folder, clock);
    friends = new Friends(server.url(), clock);
    alice = friends.register("alice");
  }

  @AfterEach
  void stop() {
    devices.forEach(JavaScriptDevice::close);
    server.close();
  }

  private JavaScriptDevice device() throws IOException {
    JavaScriptDevice device = JavaScriptDevice.start(project, server.url(), clock);
    devices.add(device);
    return device;
  }

  /** Somebody whose client is the one in JavaScript. */
  private record Stranger(Username name, String secret, JavaScriptDevice device) {}

  private Stranger register(String name, boolean publishesKey) throws IOException {
    JavaScriptDevice device = device();
    String secret =
        device
            .run(
                "register",
                Map.of(
                    "email",
                    name + "@example.org",
                    "name",
                    name,
                    "password",
                    Friends.PASSWORD,
                    "publishesKey",
                    publishesKey))
            .get("value.secret");
    return new Stranger(new Username(name), secret, device);
  }

  private JavaScriptDevice logIn(String name, String secret) throws IOException {
    JavaScriptDevice device = device();
    device.run(
        "logIn",
        Map.of(
            "email",
            name + "@example.org",
            "password",
            Friends.PASSWORD,
            "code",
            friends.nextCode(secret)));
    return device;
  }

  private static Conversation join(Friend friend, ConversationId id) {
    Conversation joined = friend.conversations().open(id);
    joined.join();
    return joined;
  }

  private static void join(JavaScriptDevice device, ConversationId id) {
    device.in(id, "open");
    device.in(id, "join");
  }

  private static void assertSame(Conversation expected, JavaScriptDevice device) {
    expected.catchUp();
    assertEquals(
        expected.history().stream().map(JavaScriptInteropTest::line).toList(),
        device.in(expected.id(), "catchUp").list("value.shown"));
  }

  /** The same that {@code device.js} writes. */
  private static String line(ShownEntry entry) {
    if (entry instanceof ShownEntry.Message message) {
      return "%d %s %s".formatted(entry.id(), message.sender().user().value(), told(message));
    }
    if (entry instanceof ShownEntry.Gone gone) {
      String cause = gone.cause().name().toLowerCase(Locale.ROOT);
      return "%d %s gone %s".formatted(entry.id(), gone.sender().user().value(), cause);
    }
    if (entry instanceof ShownEntry.Epoch epoch) {
      return "%d %s epoch %d %s"
          .formatted(
              entry.id(),
              epoch.statement().author().value(),
              epoch.statement().epoch(),
              epoch.statement().members().stream()
                  .map(JavaScriptInteropTest::told)
                  .collect(Collectors.joining(" ")));
    }
    return entry.toString();
  }

  private static String told(Member member) {
    return member.name().value() + ":" + member.role().name().toLowerCase(Locale.ROOT);
  }

  private static String told(ShownEntry.Message message) {
    StringBuilder told = new StringBuilder(told(message.content()));
    if (message.edited()) {
      told.append(" edited");
    }
    message.replyTo().ifPresent(id -> told.append(" reply=").append(id));
    message
        .reactions()
        .forEach((emoji, users) ->
            told.append(" ")
                .append(emoji)
                .append("=")
                .append(
                    users.stream()
                        .map(user -> Long.toString(user.value()))
                        .collect(Collectors.joining(","))));
    return told.toString();
  }

  private static String told(MessageContent content) {
    if (content instanceof MessageContent.Text text) {
      return "text " + text.body();
    }
    if (content instanceof MessageContent.Name name) {
      return "name " + name.name();
    }
    if (content instanceof MessageContent.Files files) {
      return "file "
          + files.body().orElse("-")
          + files.files().stream()
              .map(file -> " [%s %s %d]".formatted(file.name(), file.mimeType(), file.size()))
              .collect(Collectors.joining());
    }
    return content.toString();
  }

  /** Several chunks. */
  private static byte[] plan() {
    byte[] bytes = new byte[200_000];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private Path fileOf(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("tomorrow's plan.pdf"), bytes);
  }

  private static AttachedFile attached(Conversation conversation, long message) {
    ShownEntry shown = conversation.show(message, message).get(0);
    return assertInstanceOf(ShownEntry.Message.class, shown).content().attached().get(0);
  }

  @Test
  void vectors_giveWhatTheyShould() throws IOException, InterruptedException {
    String folder = Path.of("../docs/vectors").toAbsolutePath().toString();
    NodeProject.Ended ended = project.run("node", "e2ee/vectors.js", folder);

    assertEquals(0, ended.code(), ended.output());
    assertTrue(ended.output().endsWith("vectors: ok\n"), ended.output());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void jvmTells_javaScriptReadsAndVerifies(boolean publishesKey)
      throws IOException, InterruptedException {
    Stranger bob = register("bob", publishesKey);
    User bobs = alice.session().user(bob.name());
    assertEquals(publishesKey, bobs.encryptionKey().isPresent());
    Conversation alices = alice.conversations().start(Optional.of("lunch"), List.of(bobs));
    join(bob.device(), alices.id());

    long hungry = alices.say("Hungri?");
    alices.send(new MessageContent.Text("\"Si\" \u2013\n" + PIZZA, Optional.of(hungry)));
    alices.edit(hungry, "Hungry?");
    alices.react(hungry, PIZZA);
    long wrong = alices.say("At nin.");
    alices.edit(wrong, "At nine.");
    alices.delete(wrong);
    byte[] plan = plan();
    long file =
        alices.sendFile(fileOf(plan), "application/pdf", Optional.of("The plan"), done -> {});
    long brief = alices.send(new MessageContent.Text("Psst", Optional.empty()), MINUTE);
    alices.edit(brief, "Pssst");

    assertSame(alices, bob.device());
    assertArrayEquals(
        plan,
        Base64.getDecoder()
            .decode(bob.device().in(alices.id(), "readFile", Map.of("message", file)).text()));
    assertEquals(
        List.of(publishesKey ? "2" : "1"),
        bob.device().in(alices.id(), "wrapSuites").list("value"));

    clock.advance(MINUTE);
    assertSame(alices, bob.device());
    assertTrue(line(alices.show(brief, brief).get(0)).endsWith("gone expired"));

    JavaScriptDevice another = logIn("bob", bob.secret());
    another.in(alices.id(), "open");
    assertSame(alices, another);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void javaScriptTells_jvmReadsAndVerifies(boolean publishesKey) throws IOException {
    JavaScriptDevice bob = register("bob", true).device();
    Stranger carol = register("carol", publishesKey);
    ConversationId id =
        new ConversationId(
            bob.run("start", Map.of("people", List.of("carol"), "name", "dinner")).number());
    Friend carolOnJvm = friends.onNewDevice(carol.name(), carol.secret());
    Conversation carols = join(carolOnJvm, id);

    long hungry = bob.in(id, "say", Map.of("text", "Hungri?")).number();
    bob.in(id, "say", Map.of("text", "\"Si\" \u2013\n" + PIZZA, "replyTo", hungry));
    bob.in(id, "edit", Map.of("message", hungry, "text", "Hungry?"));
    bob.in(id, "react", Map.of("message", hungry, "emoji", PIZZA));
    long wrong = bob.in(id, "say", Map.of("text", "At nin.")).number();
    bob.in(id, "edit", Map.of("message", wrong, "text", "At nine."));
    bob.in(id, "delete", Map.of("message", wrong));
    byte[] plan = plan();
    long file =
        bob.in(
                id,
                "sendFile",
                Map.of(
                    "bytes", Base64.getEncoder().encodeToString(plan),
                    "name", "plan.pdf",
                    "mimeType", "application/pdf",
                    "text", "The plan"))
            .number();
    long brief = bob.in(id, "say", Map.of("text", "Psst", "expires", 60L)).number();
    bob.in(id, "edit", Map.of("message", brief, "text", "Pssst"));

    assertSame(carols, bob);
    assertEquals(Optional.of("dinner"), carols.name());
    Path saved = folder.resolve("saved.pdf");
    carols.saveFile(attached(carols, file), saved, done -> {});
    assertArrayEquals(plan, Files.readAllBytes(saved));
    carol.device().in(id, "open");
    assertEquals(
        List.of(publishesKey ? "2" : "1"), carol.device().in(id, "wrapSuites").list("value"));

    clock.advance(MINUTE);
    assertSame(carols, bob);
    assertTrue(line(carols.show(brief, brief).get(0)).endsWith("gone expired"));

    Conversation again = friends.onNewDevice(carol.name(), carol.secret()).conversations().open(id);
    assertSame(again, bob);
    again.say("Read it all");
    assertSame(again, bob);
  }

  @Test
  void javaScriptLogsInToAnAccountOfTheJvm_readsEverything() throws IOException {
    Friend bob = friends.register("bob");
    Conversation alices =
        alice
            .conversations()
            .start(Optional.of("lunch"), List.of(alice.session().user(bob.name())));
    Conversation bobs = join(bob, alices.id());
    alices.say("one");
    bobs.catchUp();
    bobs.renewKey();
    bobs.say("two");

    JavaScriptDevice device = logIn("bob", bob.secret());
    device.in(alices.id(), "open");
    assertSame(alices, device);
    device.in(alices.id(), "say", Map.of("text", "three"));
    assertSame(alices, device);
    assertSame(bobs, device);
  }

  @Test
  void membersChange_byEitherSide_bothAgree() throws IOException {
    Friend carol = friends.register("carol");
    JavaScriptDevice bob = register("bob", true).device();
    JavaScriptDevice dave = register("dave", false).device();
    ConversationId id =
        new ConversationId(
            bob.run("start", Map.of("people", List.of("alice"), "name", "trip")).number());
    Conversation alices = join(alice, id);

    // Bob has not read this when he begins the epoch, so Carol gets it as a stub.
    alices.say("Before Carol");
    bob.in(id, "add", Map.of("person", "carol"));
    Conversation carols = join(carol, id);
    carols.say("Hello");
    assertSame(alices, bob);
    assertEquals(Optional.of("trip"), carols.name());
    bob.in(id, "renew");
    carols.catchUp();
    carols.say("Renewed");
    assertSame(alices, bob);
    bob.in(id, "remove", Map.of("person", "carol"));
    bob.in(id, "say", Map.of("text", "Not for Carol"));
    assertSame(alices, bob);
    assertEquals(List.of("alice", "bob"), names(alices));

    UserId bobsId = idOf(alices, "bob");
    Conversation lunch =
        alice
            .conversations()
            .start(Optional.of("lunch"), List.of(alice.session().user(new Username("bob"))));
    join(bob, lunch.id());
    bob.in(lunch.id(), "say", Map.of("text", "Before Dave"));
    lunch.add(List.of(alice.session().user(new Username("dave"))), Role.MEMBER);
    join(dave, lunch.id());
    dave.in(lunch.id(), "say", Map.of("text", "Hello"));
    lunch.catchUp();
    lunch.renewKey();
    dave.in(lunch.id(), "catchUp");
    dave.in(lunch.id(), "renew");
    assertSame(lunch, bob);
    lunch.changeRole(bobsId, Role.ADMIN);
    bob.in(lunch.id(), "catchUp");
    bob.in(lunch.id(), "remove", Map.of("person", "dave"));
    lunch.catchUp();
    lunch.say("Not for Dave");
    assertSame(lunch, bob);
    assertEquals(List.of("alice", "bob"), names(lunch));

    assertSameHash(lunch, bob);
    assertSameHash(alices, bob);
    assertSameSafetyNumber(lunch, bob, "bob");
  }

  @Test
  void somebodyLeaves_eitherSideGoesOnWithoutThem() throws IOException {
    JavaScriptDevice bob = register("bob", true).device();
    JavaScriptDevice dave = register("dave", true).device();
    Conversation alices =
        alice
            .conversations()
            .start(
                Optional.empty(),
                List.of(
                    alice.session().user(new Username("bob")),
                    alice.session().user(new Username("dave"))));
    join(bob, alices.id());
    join(dave, alices.id());

    dave.in(alices.id(), "leave");
    bob.in(alices.id(), "say", Map.of("text", "Dave is gone"));

    assertSame(alices, bob);
    assertEquals(List.of("alice", "bob"), names(alices));

    bob.in(alices.id(), "leave");
    alices.say("Alone");
    assertEquals(List.of("alice"), names(alices));
  }

  private static List<String> names(Conversation conversation) {
    return conversation.members().stream().map(member -> member.name().value()).sorted().toList();
  }

  private static UserId idOf(Conversation conversation, String name) {
    return member(conversation, name).user();
  }

  private static Member member(Conversation conversation, String name) {
    return conversation.members().stream()
        .filter(member -> member.name().equals(new Username(name)))
        .findFirst()
        .orElseThrow();
  }

  /** What the JVM signs for the log so far is what the other has computed. */
  private static void assertSameHash(Conversation conversation, JavaScriptDevice device) {
    conversation.renewKey();
    Seen seen = conversation.epoch().seen();
    assertEquals(
        seen.hash().toHex(),
        device.in(conversation.id(), "hashAt", Map.of("entry", seen.entry())).text());
  }

  private void assertSameSafetyNumber(
      Conversation conversation, JavaScriptDevice device, String name) {
    IdentityKey key = member(conversation, name).key();
    assertEquals(
        SafetyNumber.between(
                new SafetyNumber.Person(alice.name(), alice.session().publicKey()),
                new SafetyNumber.Person(new Username(name), key))
            .digits(),
        device.run("safetyNumber", Map.of("person", "alice")).text());
  }
}
