package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.app.LyingServer.Told;
import org.securechat.testkit.TestClock;

/** Two people who chat, line by line. */
class ChatTranscriptTest {
  private static final String PASSWORD = "correct h\u00f6rse";
  private static final String DAY = "\u2500\u2500 DAY \u2500\u2500";
  private static final String BEGINNING = "\u2500\u2500 this is the beginning \u2500\u2500";
  private static final String HELP = "/help lists the commands, Ctrl-D ends the chat.";

  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private final Authenticator authenticator = new Authenticator(clock);
  private TestServer server;

  /** Bob alone is lied to, where a test says so. */
  private LyingServer evil;

  @BeforeEach
  void start() throws Exception {
    // The client's processes have the machine's time, and believe no server that is a day off.
    clock.advance(Duration.between(clock.instant(), Instant.now()));
    server = TestServer.start(folder, clock);
    evil = LyingServer.before(server);
    register("alice", server.url());
    register("bob", evil.url());
  }

  @AfterEach
  void stop() {
    evil.close();
    server.close();
  }

  private void register(String name, String url) throws Exception {
    Path home = Files.createDirectories(folder.resolve(name));
    try (ClientRun register = ClientRun.inThread(home, "register", "--server", url, "--json")) {
      register.type(name + "@example.org", name, PASSWORD);
      Matcher secret = Pattern.compile("\"secret\":\"(\\w+)\"").matcher(register.line());
      assertTrue(secret.find(), register::errors);
      register.type(authenticator.code(secret.group(1)));
      register.end(0);
    }
  }

  /** Somebody at a command that has their password. */
  private ClientRun run(String name, String... arguments) throws IOException {
    return ClientRun.inThread(folder.resolve(name), arguments).type(PASSWORD);
  }

  /** Compares the next lines, whatever the time and the number of the conversation. */
  private static void assertPrints(ClientRun client, String... lines) throws IOException {
    List<String> printed = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      printed.add(
          client
              .line()
              .replaceAll("^( *\\d+) \\d\\d:\\d\\d ", "$1 TIME ")
              .replaceAll("\u00b7 \\d+$", "\u00b7 ID")
              .replaceAll(" \\w+day, \\d+ \\w+ \\d{4} ", " DAY "));
    }
    assertEquals(List.of(lines), printed);
  }

  /** What one says, both see; and the one is told when the other has read it. */
  private static void say(ClientRun speaker, ClientRun other, String line, String... printed)
      throws IOException {
    speaker.type(line);
    assertPrints(speaker, printed);
    assertPrints(other, printed);
  }

  private ClientRun begin() throws IOException {
    ClientRun alice = run("alice", "chat", "bob", "--name", "lunch");
    assertPrints(
        alice,
        "lunch \u00b7 ID",
        "alice (you, admin), bob (invited)",
        "Safety numbers not compared yet: bob. /safety NAME shows one.",
        HELP,
        BEGINNING,
        DAY,
        "   1 TIME * alice began the conversation",
        "   2 TIME * alice named the conversation \u201clunch\u201d");
    return alice;
  }

  private ClientRun accept(ClientRun alice) throws IOException {
    ClientRun bob = run("bob", "chat", "Alice").type("yes");
    assertPrints(
        bob,
        "alice invites you to a conversation. You will see what is said from the invitation on.",
        "lunch \u00b7 ID",
        "bob (you), alice (admin)",
        "Safety numbers not compared yet: alice. /safety NAME shows one.",
        HELP,
        BEGINNING,
        "\u2500\u2500 1 unread \u2500\u2500",
        DAY,
        "   1 TIME * alice began the conversation",
        "   2 TIME * alice named the conversation \u201clunch\u201d");
    assertPrints(alice, "bob has accepted the invitation.", "bob has read 2.");
    return bob;
  }

  @Test
  void twoPeople_sayReplyEditReactAndDelete() throws Exception {
    try (ClientRun alice = begin();
        ClientRun bob = accept(alice)) {
      say(alice, bob, "Hungri?", "   3 TIME alice: Hungri?");
      assertPrints(alice, "bob has read 3.");
      say(bob, alice, "/reply 3 Yes!", "   4 TIME bob: (to 3) Yes!");
      assertPrints(bob, "alice has read 4.");
      say(alice, bob, "/edit 3 Hungry?", "   3 TIME alice: Hungry? (edited)");
      say(
          bob,
          alice,
          "/react 3 \ud83d\udc4d",
          "   3       * bob reacted \ud83d\udc4d to alice: Hungry?");
      say(alice, bob, "//etc/motd", "   7 TIME alice: /etc/motd");
      assertPrints(alice, "bob has read 7.");
      say(alice, bob, "/delete 7", "   7       * the message of alice was deleted");
      say(bob, alice, "/name dinner", "   9 TIME * bob named the conversation \u201cdinner\u201d");
      assertPrints(bob, "alice has read 9.");
      alice.type("/show 3");
      assertPrints(alice, "   3 TIME alice: Hungry? (edited)", "           \ud83d\udc4d bob");

      assertEquals("", alice.end(0));
      assertEquals("", bob.end(0));
    }
  }

  @Test
  void refusals_areSaidOnStandardErrorAndEndInTheirCode() throws Exception {
    try (ClientRun alice = begin()) {
      alice.type("/dance", "/reply 99 x", "/remove carol", "/save 2 " + folder, "said");
      assertPrints(alice, "   3 TIME alice: said");
      alice.type("/send " + folder.resolve("nothing"));
      assertEquals("", alice.end(2));

      assertEquals(
          List.of(
              "Password:",
              "There is no command /dance; nothing was sent. /help lists them, and //\u2026 sends a"
                  + " text that begins with a stroke.",
              "There is no message 99 to be seen here.",
              "Nobody of that name is in the conversation.",
              "Message 2 has no file.",
              "There is no file " + folder.resolve("nothing") + "."),
          // The JVM warns of libraries where nobody tells it to be silent, as the launcher does.
          alice.errors().lines().filter(line -> !line.matches("(WARNING: .*)?")).toList());
    }
  }

  @Test
  void hostileText_drivesNoTerminal() throws Exception {
    try (ClientRun alice = begin();
        ClientRun bob = accept(alice)) {
      say(alice, bob, "a\u001b[2Jb\u202ec\u0007", "   3 TIME alice: a\ufffd[2Jb\ufffdc\ufffd");
    }
  }

  @Test
  void file_isSentAndSavedUnderTheNameThatIsTyped() throws Exception {
    Path source = Files.writeString(folder.resolve("my photo.txt"), "look");
    Path target = folder.resolve("saved.txt");
    try (ClientRun alice = begin();
        ClientRun bob = accept(alice)) {
      say(
          alice,
          bob,
          "/send \"" + source + "\" see",
          "   3 TIME alice: file \u201cmy photo.txt\u201d, 4 bytes (/save 3 FILE) \u23ce see");
      bob.type("/save 3 " + target);
      assertPrints(bob, "Saved as " + target + ".");
      assertEquals("look", Files.readString(target));
      bob.type("/save 3 " + target, "/save 3.2 " + target, "/save 3 " + folder);
      assertEquals("", bob.end(2));

      assertTrue(bob.errors().contains("exists already; it was left alone."), bob::errors);
      assertTrue(bob.errors().contains("Message 3 has no file 2."), bob::errors);
      assertTrue(bob.errors().contains("is a folder"), bob::errors);
      assertEquals("look", Files.readString(target));
    }
  }

  @Test
  void conversations_beforeAndAfterAnInvitation_areListed() throws Exception {
    try (ClientRun alice = begin()) {
      alice.end(0);
    }
    String id;
    try (ClientRun list = run("bob", "conversations")) {
      String line = list.end(0);
      assertTrue(line.matches("\\d+ +invited by alice  with alice"), line);
      id = line.split(" ", 2)[0];
    }
    try (ClientRun bob = run("bob", "chat", "--conversation", id, "--json").type("yes", "here")) {
      List<String> lines = bob.end(0).lines().toList();
      assertTrue(lines.stream().allMatch(line -> line.startsWith("{")), lines::toString);
      assertTrue(lines.get(lines.size() - 1).contains("\"text\":\"here\""), lines::toString);
    }
    try (ClientRun list = run("alice", "conversations")) {
      assertEquals(id, list.line().split(" ", 2)[0]);
    }
    try (ClientRun list = run("alice", "conversations", "--json")) {
      assertEquals(
          "{\"conversation\":"
              + id
              + ",\"name\":\"lunch\",\"others\":[\"bob\"],\"joined\":true,\"invited_by\":null,"
              + "\"unread\":1,\"last\":3}",
          list.end(0));
    }
    register("carol", server.url());
    try (ClientRun add = run("alice", "add", id, "carol")) {
      assertEquals("Added; they read what is said from here on, once they accept.", add.end(0));
    }
    try (ClientRun remove = run("alice", "remove", id, "bob", "--json")) {
      assertEquals(
          "{\"conversation\":" + id + ",\"members\":[\"alice\",\"carol\"]}", sorted(remove.end(0)));
    }
    try (ClientRun leave = run("carol", "leave", id, "--yes")) {
      assertEquals("Left.", leave.end(0));
    }
    try (ClientRun gone = run("bob", "chat", "--conversation", id)) {
      assertEquals("", gone.end(1));
    }
  }

  /** Members come in the order of their ids, which are drawn. */
  private static String sorted(String members) {
    return members.replace("[\"carol\",\"alice\"]", "[\"alice\",\"carol\"]");
  }

  @Test
  void serverThatLies_isCaughtAndNothingMoreIsShown() throws Exception {
    try (ClientRun alice = begin();
        ClientRun bob = accept(alice)) {
      evil.change(
          asked -> asked.target().contains("/messages") || asked.target().equals("/api/sync"),
          text -> text.replaceAll("\"content\":\"....", "\"content\":\"AAAA"));
      alice.type("I owe you nothing");
      assertPrints(alice, "   3 TIME alice: I owe you nothing");
      Waits.await(
          "an alarm",
          Duration.ofMinutes(1),
          () -> bob.errors().contains("The server has lied about this conversation: "));
      bob.type("what?");

      assertEquals("", bob.end(4));
      assertTrue(bob.errors().contains("Not sent: \u201cwhat?\u201d"), bob::errors);
      alice.type("still here");
      assertPrints(alice, "   4 TIME alice: still here");
    }
  }

  @Test
  void somebodyWhoIsAnother_isTrustedByTheUserAlone() throws Exception {
    try (ClientRun alice = begin();
        ClientRun bob = accept(alice)) {
      bob.type("/trust alice");
      assertPrints(bob, "alice is who they were; there is nothing to decide.");
      evil.change(
          asked -> asked.target().equals("/api/users/alice"),
          text -> text.replaceAll("\"id\":\\d+", "\"id\":7"));
      bob.type("/safety alice", "/trust alice", "no");
      assertTrue(bob.line().matches("Before: alice  user \\d+  key [0-9a-f]{16}.*"));
      assertTrue(bob.line().matches("Now:    alice  user 7  key [0-9a-f]{16}.*"));
      String rest = bob.end(4);

      assertTrue(rest.endsWith("\nNothing was changed."), rest);
      assertTrue(bob.errors().contains("The identity of alice "), bob::errors);
      assertTrue(bob.errors().contains("trust alice shows both identities."), bob::errors);
    }
  }

  @Test
  void trustOfSomebody_yes_believesTheOneNowUnverified() throws Exception {
    try (ClientRun met = run("bob", "safety", "alice", "--verified")) {
      met.end(0);
    }
    evil.change(
        asked -> asked.target().equals("/api/users/alice"),
        text -> text.replaceAll("\"id\":\\d+", "\"id\":7"));
    try (ClientRun refused = run("bob", "safety", "alice")) {
      assertEquals("", refused.end(4));
    }
    try (ClientRun trust = run("bob", "trust", "alice").type("no")) {
      assertTrue(trust.line().matches("Before: alice  user \\d+ .*  verified"));
      assertTrue(trust.line().startsWith("Now:    alice  user 7  key "));
      trust.end(2);
    }
    try (ClientRun refused = run("bob", "safety", "alice")) {
      assertEquals("", refused.end(4));
    }
    try (ClientRun trust = run("bob", "trust", "alice").type("yes")) {
      String printed = trust.end(0);
      assertTrue(printed.endsWith("alice is believed, and not verified."), printed);
    }
    try (ClientRun believed = run("bob", "safety", "alice")) {
      assertEquals("Safety number with alice (not compared yet)", believed.line());
      believed.end(0);
    }
  }

  @Test
  void trustOfAConversation_yes_verifiesItAnew() throws Exception {
    try (ClientRun alice = begin();
        ClientRun bob = accept(alice)) {
      bob.end(0);
      alice.type("I owe you nothing");
      assertPrints(alice, "   3 TIME alice: I owe you nothing");
    }
    evil.change(
        asked -> asked.target().contains("/messages"),
        text -> text.replaceAll("\"content\":\"....", "\"content\":\"AAAA"));
    String id;
    try (ClientRun list = run("bob", "conversations")) {
      String line = list.end(4);
      assertTrue(line.matches("\\d+ +not shown: The server has lied .*"), line);
      id = line.split(" ", 2)[0];
    }
    evil.beHonest();

    try (ClientRun trust = run("bob", "trust", "--conversation", id).type("no")) {
      String printed = trust.end(2);
      assertTrue(
          printed.matches(
              "The server was caught: The content of a message was exchanged \\(entry 2\\)\\."
                  + "\nThe server says that user \\d+ has signed"
                  + "\n    secure-chat/v1/message\n    group [0-9a-f]{64}(\n    [a-z]+ .+){8}"
                  + "\nwith\n    [0-9a-f]{128}"),
          printed);
    }
    try (ClientRun trust = run("bob", "trust", "--conversation", id, "--json").type("no")) {
      assertEquals("", trust.end(2));
    }
    try (ClientRun chat = run("bob", "chat", "--conversation", id)) {
      assertEquals("", chat.end(4));
    }
    try (ClientRun trust = run("bob", "trust", "--conversation", id).type("yes")) {
      String printed = trust.end(0);
      assertTrue(
          printed.endsWith(
              "What was known of it is forgotten; what is shown next is verified anew."),
          printed);
    }
    try (ClientRun chat = run("bob", "chat", "--conversation", id)) {
      String printed = chat.end(0);
      assertTrue(printed.contains("alice: I owe you nothing"), printed);
    }
    try (ClientRun trust = run("bob", "trust", "--conversation", id)) {
      assertEquals("The server was not caught there.", trust.end(0));
    }
  }

  /** How far a member has read is the server's word; of strangers it has none. */
  @Test
  void readMarksOfAStrangerAndBeyondTheEnd_areNotTold() throws Exception {
    try (ClientRun alice = begin();
        ClientRun bob = accept(alice)) {
      alice.end(0);
      evil.change(
          asked -> asked.target().startsWith("/api/conversations"),
          text ->
              text.replaceAll("\"read_up_to\":\\d+", "\"read_up_to\":99")
                  .replace(
                      "\"participants\":[",
                      "\"participants\":[{\"user_id\":7,\"username\":\"mallory\",\"state\":\"joined\","
                          + "\"read_up_to\":99},"));
      evil.change(
          asked -> asked.target().equals("/api/sync"),
          text ->
              text.replaceFirst(
                  "\"events\":\\[(\\{.*?\"conversation_id\":(\\d+))",
                  "\"events\":[{\"type\":\"read\",\"conversation_id\":$2,\"user_id\":7,"
                      + "\"up_to\":99},$1"));
      bob.type("hello");
      assertPrints(bob, "   3 TIME bob: hello", "alice has read 3.");
      bob.type("/read 3", "/members");
      String rest = bob.end(0);

      assertTrue(rest.startsWith("3 was read by alice.\n"), rest);
      assertTrue(rest.contains(" has read 3"), rest);
      assertFalse(rest.contains("99") || rest.contains("mallory"), rest);
    }
  }

  @Test
  void serverThatGoesAwayAndComesBack_isSaidAndTheTextIsKept() throws Exception {
    try (ClientRun alice = begin();
        ClientRun bob = accept(alice)) {
      evil.tell((asked, honest) -> Told.problem(503, "unavailable", Map.of()));
      bob.type("are you there?");
      Waits.await(
          "the text to be kept",
          Duration.ofMinutes(2),
          () -> bob.errors().contains("Not sent: \u201care you there?\u201d. /again sends it,"));
      Waits.await(
          "the server to be missed",
          Duration.ofMinutes(2),
          () -> bob.errors().contains("Trying again and again."));
      evil.beHonest();
      assertPrints(bob, "The server is back.");
      say(bob, alice, "/again", "   3 TIME bob: are you there?");
    }
  }

  /** The lock is another process's, not this one's own. */
  @Test
  void chatInAnotherProcess_keepsTheStateToItself() throws Exception {
    Path home = folder.resolve("alice");
    try (ClientRun chat =
            ClientRun.start(home, Map.of(), "chat", "bob", "--name", "lunch").type(PASSWORD);
        ClientRun meanwhile = afterItsTitle(chat)) {
      assertEquals("", meanwhile.end(2));
      assertTrue(
          meanwhile
              .errors()
              .matches(
                  "(?s).*Another client has this account's conversations open \\(.*\\); close it"
                      + " first, or use that one\\.\\R"),
          meanwhile::errors);
      chat.end(0);
    }
    try (ClientRun afterwards = run("alice", "conversations")) {
      assertTrue(afterwards.end(0).contains("lunch"), afterwards::errors);
    }
  }

  private ClientRun afterItsTitle(ClientRun chat) throws IOException {
    assertPrints(chat, "lunch \u00b7 ID");
    return run("alice", "conversations");
  }

  @Test
  void admin_addsPromotesVerifiesAndLetsTextsVanish() throws Exception {
    register("carol", server.url());
    try (ClientRun alice = begin();
        ClientRun bob = accept(alice)) {
      say(
          alice,
          bob,
          "/add carol",
          "   3 TIME * alice added carol",
          "   4 TIME * alice named the conversation \u201clunch\u201d");
      assertPrints(alice, "bob has read 4.");
      say(alice, bob, "/admin carol", "   5 TIME * alice made carol an admin");
      alice.type("/verified bob");
      assertPrints(alice, "bob is verified.");
      alice.type("/members");
      assertTrue(alice.line().matches(" +alice +admin +joined +you +has read \\d"));
      assertTrue(alice.line().matches(" +bob +member +joined +verified +has read \\d"));
      assertTrue(alice.line().matches(" +carol +admin +invited +not verified"));
      alice.type("/expire 5m");
      assertPrints(
          alice,
          "What you send from here on vanishes after 5m; what stands on a screen already, nobody"
              + " takes away.");
      alice.type("soon gone");
      for (ClientRun each : List.of(alice, bob)) {
        String line = each.line();
        assertTrue(line.matches(" +6 \\d\\d:\\d\\d alice: soon gone \\(until .*\\)"), line);
      }
      assertPrints(alice, "bob has read 6.");
      alice.type("/expire off");
      assertPrints(alice, "What you send stays.");
    }
  }

  @Test
  void discard_ofWhatCouldNotBeSent_givesItUp() throws Exception {
    try (ClientRun alice = begin();
        ClientRun bob = accept(alice)) {
      evil.tell((asked, honest) ->
          asked.method().equals("POST") && asked.target().endsWith("/messages")
              ? Told.problem(503, "unavailable", Map.of("Retry-After", List.of("31")))
              : honest.ask());
      bob.type("never mind");
      Waits.await(
          "the text to be kept",
          Duration.ofMinutes(1),
          () -> bob.errors().contains("Not sent: \u201cnever mind\u201d. /again sends it,"));
      evil.beHonest();
      bob.type("/discard", "/again");
      assertPrints(bob, "There is nothing that could not be sent.");
      say(bob, alice, "instead", "   3 TIME bob: instead");
    }
  }

  @Test
  void safety_isTheSameOnBothSides() throws Exception {
    String digits;
    try (ClientRun alice = run("alice", "safety", "bob", "--json")) {
      Matcher number = Pattern.compile("\"safety_number\":\"(\\d{60})\"").matcher(alice.end(0));
      assertTrue(number.find(), alice::errors);
      digits = number.group(1);
    }
    try (ClientRun bob = run("bob", "safety", "alice", "--verified")) {
      String printed = bob.end(0);
      assertTrue(printed.startsWith("Safety number with alice (compared)\n\n    "), printed);
      assertTrue(printed.replaceAll("\\s", "").contains(digits), printed);
      assertTrue(printed.contains("\u2588"), printed);
    }
    try (ClientRun trust = run("alice", "trust", "bob")) {
      assertEquals("There is nothing to decide: bob is who they were.", trust.end(0));
    }
    try (ClientRun nobody = run("alice", "safety", "nobody")) {
      assertEquals("", nobody.end(1));
    }
  }
}
