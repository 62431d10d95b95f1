package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.client.ChatClient;
import org.securechat.client.SecondFactor;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.http.HttpSettings;
import org.securechat.client.http.ServerAddress;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.protocol.key.Password;
import org.securechat.testkit.TestClock;

/** {@code secure-chat client …} in processes of its own, driven by lines as a script would. */
class ClientCommandTest {
  private static final String EMAIL = "alice@example.org";
  private static final String PASSWORD = "correct h\u00f6rse";

  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private final Authenticator authenticator = new Authenticator(clock);
  private TestServer server;

  @BeforeEach
  void start() {
    // The client's processes have the machine's time, and believe no server that is a day off.
    clock.advance(Duration.between(clock.instant(), Instant.now()));
    server = TestServer.start(folder, clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ClientRun client(String... arguments) throws IOException {
    return ClientRun.start(folder, Map.of(), arguments);
  }

  private static String member(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\\[?\"([^\"]*)\"").matcher(json);
    assertTrue(matcher.find(), json);
    return matcher.group(1);
  }

  @Test
  void client_scriptedLife_goesFromRegisterToDelete() throws Exception {
    String secret;
    String recovery;
    try (ClientRun register = client("register", "--server", server.url(), "--json")) {
      register.type(EMAIL, "alice", PASSWORD);
      secret = member(register.line(), "secret");
      register.type(authenticator.code(secret));
      recovery = member(register.end(0), "recovery_codes");
    }
    try (ClientRun whoami = client("whoami").type(PASSWORD)) {
      String printed = whoami.end(0);
      assertTrue(
          printed.startsWith("username  alice\nemail     " + EMAIL + "\nid        "), printed);
    }
    try (ClientRun wrong = client("whoami").type("something else")) {
      assertEquals("", wrong.end(1));
    }
    try (ClientRun recover = client("recover", "--json").type(PASSWORD, recovery)) {
      secret = member(recover.line(), "secret");
      recover.type(authenticator.nextCode(secret));
      assertFalse(member(recover.end(0), "recovery_codes").equals(recovery));
    }
    try (ClientRun password =
        client("password").type(PASSWORD, "next", authenticator.nextCode(secret))) {
      assertEquals("The password is changed; every other device is signed out.", password.end(0));
    }
    try (ClientRun logout = client("logout", "--forget").type("next")) {
      assertEquals("Signed out.", logout.end(0));
    }
    try (ClientRun login =
        client("login", "--server", server.url(), "--scheme", "envelope")
            .type(EMAIL, "next", authenticator.nextCode(secret))) {
      assertEquals("Signed in as alice.", login.end(0));
    }
    try (ClientRun sessions = client("sessions").type("next")) {
      String printed = sessions.end(0);
      assertTrue(printed.lines().anyMatch(line -> line.startsWith("* ")), printed);
    }
    try (ClientRun delete =
        client("delete").type("alice", "next", authenticator.nextCode(secret))) {
      assertEquals("The account is deleted.", delete.end(0));
    }
    try (ClientRun gone = client("whoami")) {
      assertEquals("", gone.end(2));
    }
  }

  @Test
  void client_exportsAConversation_andVerifiesItWithoutServerAndAccount() throws Exception {
    String secret;
    try (ClientRun register = client("register", "--server", server.url(), "--json")) {
      register.type(EMAIL, "alice", PASSWORD);
      secret = member(register.line(), "secret");
      register.type(authenticator.code(secret));
      register.end(0);
    }
    Conversation diary =
        Conversations.of(
                ChatClient.to(ServerAddress.parse(server.url()), HttpSettings.defaults(), clock)
                    .logIn(
                        new EmailAddress(EMAIL),
                        Password.of(PASSWORD),
                        SecondFactor.totp(authenticator.nextCode(secret))))
            .start(Optional.empty(), List.of());
    diary.say("Dear diary\u001b[2J");
    String id = Long.toString(diary.id().value());
    Path file = folder.resolve("diary.export");
    try (ClientRun export = client("export", id, file.toString()).type(PASSWORD)) {
      String printed = export.end(0);
      assertTrue(printed.startsWith(file + " has everything up to entry 2"), printed);
    }
    try (ClientRun again = client("export", id, file.toString()).type(PASSWORD)) {
      again.end(2);
      assertTrue(again.errors().contains("is there already"), again.errors());
    }
    Map<String, String> elsewhere =
        Map.of("XDG_CONFIG_HOME", folder.resolve("elsewhere").toString());

    try (ClientRun verify =
        ClientRun.start(folder, elsewhere, "verify", file.toString(), "--print")) {
      String printed = verify.end(0);
      assertTrue(printed.contains("alice: Dear diary\ufffd[2J\n"), printed);
      assertTrue(printed.contains("1 messages, 1 epochs, 0 deletions"), printed);
      assertTrue(printed.contains("Running hash at entry 2: "), printed);
    }
    Files.writeString(file, Files.readString(file).replaceFirst("sent_at\":1", "sent_at\":2"));
    try (ClientRun damaged = ClientRun.start(folder, elsewhere, "verify", file.toString())) {
      assertEquals("", damaged.end(4));
      assertTrue(damaged.errors().contains("Line 5: the file was changed"), damaged.errors());
    }
  }

  @Test
  void client_heapTooSmallForThePassword_saysHowToGiveMore() throws Exception {
    try (ClientRun register =
        ClientRun.start(
            folder, Map.of("JAVA_TOOL_OPTIONS", "-Xmx48m"), "register", "--server", server.url())) {
      register.type(EMAIL, "alice", PASSWORD);
      register.end(2);
      assertTrue(register.errors().contains("SECURE_CHAT_JAVA_OPTS=-Xmx"), register.errors());
    }
  }

  @Test
  void client_helpOrWrongCommand_isTheClientsOwn() throws Exception {
    try (ClientRun help = client("--help")) {
      assertTrue(help.end(0).contains("secure-chat client"));
    }
    try (ClientRun wrong = client("dance")) {
      wrong.end(2);
    }
    try (ClientRun nothing = client()) {
      nothing.end(2);
    }
  }

  @Test
  void serve_started_loadsNoClassOfTheClient() throws Exception {
    Path loaded = folder.resolve("loaded.txt");
    Map<String, String> environment =
        Map.of(
            "CHAT_ENV",
            "testing",
            "PORT",
            "0",
            "JAVA_TOOL_OPTIONS",
            "-Xlog:class+load:file=" + loaded);
    try (ServerProcess serving = ServerProcess.serve(folder, environment)) {
      serving.awaitHealth();
    }
    String classes = Files.readString(loaded);

    assertTrue(classes.contains("org.securechat.app.ClientLauncher"));
    assertFalse(classes.contains("org.securechat.client."));
    assertFalse(classes.contains("org.securechat.protocol."));
  }
}
