package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

  /** One run of the client. */
  private final class Client implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    Client(String... arguments) throws IOException {
      this(Map.of(), arguments);
    }

    Client(Map<String, String> environment, String... arguments) throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "org.securechat.app.Main",
                  "client"));
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(folder.resolve("client-err.txt").toFile());
      builder.environment().put("XDG_CONFIG_HOME", folder.resolve("settings").toString());
      builder.environment().putAll(environment);
      process = builder.start();
      out = process.inputReader(StandardCharsets.UTF_8);
      in = process.outputWriter(StandardCharsets.UTF_8);
    }

    Client type(String... lines) throws IOException {
      for (String line : lines) {
        in.write(line);
        in.newLine();
      }
      in.flush();
      return this;
    }

    String line() throws IOException {
      String line = out.readLine();
      return line == null ? errors() : line;
    }

    /** Waits for its end; the rest of what it printed. */
    String end(int expected) throws IOException, InterruptedException {
      in.close();
      String rest = String.join("\n", out.lines().toList());
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(expected, process.exitValue(), Client.this::errors);
      return rest;
    }

    String errors() {
      try {
        return Files.readString(folder.resolve("client-err.txt"));
      } catch (IOException e) {
        return e.toString();
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
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
    try (Client register = new Client("register", "--server", server.url(), "--json")) {
      register.type(EMAIL, "alice", PASSWORD);
      secret = member(register.line(), "secret");
      register.type(authenticator.code(secret));
      recovery = member(register.end(0), "recovery_codes");
    }
    try (Client whoami = new Client("whoami").type(PASSWORD)) {
      String printed = whoami.end(0);
      assertTrue(
          printed.startsWith("username  alice\nemail     " + EMAIL + "\nid        "), printed);
    }
    try (Client wrong = new Client("whoami").type("something else")) {
      assertEquals("", wrong.end(1));
    }
    try (Client recover = new Client("recover", "--json").type(PASSWORD, recovery)) {
      secret = member(recover.line(), "secret");
      recover.type(authenticator.nextCode(secret));
      assertFalse(member(recover.end(0), "recovery_codes").equals(recovery));
    }
    try (Client password =
        new Client("password").type(PASSWORD, "next", authenticator.nextCode(secret))) {
      assertEquals("The password is changed; every other device is signed out.", password.end(0));
    }
    try (Client logout = new Client("logout", "--forget").type("next")) {
      assertEquals("Signed out.", logout.end(0));
    }
    try (Client login =
        new Client("login", "--server", server.url(), "--scheme", "envelope")
            .type(EMAIL, "next", authenticator.nextCode(secret))) {
      assertEquals("Signed in as alice.", login.end(0));
    }
    try (Client sessions = new Client("sessions").type("next")) {
      String printed = sessions.end(0);
      assertTrue(printed.lines().anyMatch(line -> line.startsWith("* ")), printed);
    }
    try (Client delete =
        new Client("delete").type("alice", "next", authenticator.nextCode(secret))) {
      assertEquals("The account is deleted.", delete.end(0));
    }
    try (Client gone = new Client("whoami")) {
      assertEquals("", gone.end(2));
    }
  }

  @Test
  void client_exportsAConversation_andVerifiesItWithoutServerAndAccount() throws Exception {
    String secret;
    try (Client register = new Client("register", "--server", server.url(), "--json")) {
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
    try (Client export = new Client("export", id, file.toString()).type(PASSWORD)) {
      String printed = export.end(0);
      assertTrue(printed.startsWith(file + " has everything up to entry 2"), printed);
    }
    try (Client again = new Client("export", id, file.toString()).type(PASSWORD)) {
      again.end(2);
      assertTrue(again.errors().contains("is there already"), again.errors());
    }
    Map<String, String> elsewhere =
        Map.of("XDG_CONFIG_HOME", folder.resolve("elsewhere").toString());

    try (Client verify = new Client(elsewhere, "verify", file.toString(), "--print")) {
      String printed = verify.end(0);
      assertTrue(printed.contains("alice: Dear diary?[2J\n"), printed);
      assertTrue(printed.contains("1 messages, 1 epochs, 0 deletions"), printed);
      assertTrue(printed.contains("Running hash at entry 2: "), printed);
    }
    Files.writeString(file, Files.readString(file).replaceFirst("sent_at\":1", "sent_at\":2"));
    try (Client damaged = new Client(elsewhere, "verify", file.toString())) {
      assertEquals("", damaged.end(4));
      assertTrue(damaged.errors().contains("Line 5: the file was changed"), damaged.errors());
    }
  }

  @Test
  void client_heapTooSmallForThePassword_saysHowToGiveMore() throws Exception {
    try (Client register =
        new Client(Map.of("JAVA_TOOL_OPTIONS", "-Xmx48m"), "register", "--server", server.url())) {
      register.type(EMAIL, "alice", PASSWORD);
      register.end(2);
      assertTrue(register.errors().contains("SECURE_CHAT_JAVA_OPTS=-Xmx"), register.errors());
    }
  }

  @Test
  void client_helpOrWrongCommand_isTheClientsOwn() throws Exception {
    try (Client help = new Client("--help")) {
      assertTrue(help.end(0).contains("secure-chat client"));
    }
    try (Client wrong = new Client("dance")) {
      wrong.end(2);
    }
    try (Client nothing = new Client()) {
      nothing.end(2);
    }
  }

  @Test
  void serve_started_loadsNoClassOfTheClient() throws IOException {
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
      assertEquals(200, new TestApi(serving.url()).get("/health").status());
    }
    String classes = Files.readString(loaded);

    assertTrue(classes.contains("org.securechat.app.ClientLauncher"));
    assertFalse(classes.contains("org.securechat.client."));
    assertFalse(classes.contains("org.securechat.protocol."));
  }
}
