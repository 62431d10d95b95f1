package org.securechat.client.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.securechat.client.FakeAccount;
import org.securechat.client.FakeServer;
import org.securechat.client.FakeServer.Reply;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.http.JsonObject;
import org.securechat.protocol.key.Password;
import org.securechat.testkit.TestClock;

class TerminalClientTest {
  private static final String PASSWORD = "correct h\u00f6rse";
  private static final String EMAIL = "alice@example.org";
  private static final String CODE = FakeAccount.CODE;
  private static final String RECOVERY = FakeAccount.RECOVERY_CODES.get(0);

  @TempDir Path folder;

  private final FakeServer server = new FakeServer();
  private final FakeAccount account = new FakeAccount(server);

  @AfterEach
  void stop() {
    server.close();
  }

  /** How a command ended. */
  private record Ended(int code, String out, String err) {

    JsonObject json() {
      List<String> lines = out.lines().toList();
      return JsonObject.parse(lines.get(lines.size() - 1).getBytes(UTF_8));
    }
  }

  private Path profile() {
    return folder.resolve("settings/secure-chat/profile.json");
  }

  /** A script's way: lines on standard input. */
  private Ended run(List<String> lines, String... arguments) {
    return run(String.join("\n", lines).getBytes(UTF_8), arguments);
  }

  private Ended run(byte[] input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new SystemTerminal(
            null,
            new ByteArrayInputStream(input),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    int code = TerminalClient.run(surroundings(terminal), arguments);
    return new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private Surroundings surroundings(Terminal terminal) {
    Map<String, String> environment =
        Map.of("XDG_CONFIG_HOME", folder.resolve("settings").toString());
    return new Surroundings(environment, TestClock.atNoon(), terminal);
  }

  private Ended register(String... more) {
    List<String> arguments = new ArrayList<>(List.of("register", "--server", server.url()));
    arguments.addAll(List.of(more));
    return run(List.of(EMAIL, "alice", PASSWORD, CODE), arguments.toArray(String[]::new));
  }

  private static void assertDone(Ended ended) {
    assertEquals(0, ended.code(), ended.err());
  }

  private static void assertEnded(int code, String sentence, Ended ended) {
    assertEquals(code, ended.code(), ended.err());
    assertTrue(ended.err().contains(sentence), ended.err());
  }

  @Test
  void register_piped_printsQrCodeSecretAndRecoveryCodes() {
    Ended ended = register();

    assertDone(ended);
    String uri =
        "otpauth://totp/Secure%20Chat:alice?secret=" + FakeAccount.SECRET + "&issuer=Secure%20Chat";
    assertEquals(
        QrText.of(uri, false)
            + "\nScan this with an authenticator, or type in the secret:\n\n    "
            + FakeAccount.SECRET
            + "\n\n\nKeep these recovery codes; each signs you in once without the authenticator:"
            + "\n\n    "
            + String.join("\n    ", FakeAccount.RECOVERY_CODES)
            + "\n\nRegistered as alice; this device is signed in.\n",
        ended.out());
    assertEquals("Email:\nUsername:\nPassword:\nCode of the authenticator:\n", ended.err());
  }

  @Test
  void commands_inTheEnvelopeScheme_signByIt() {
    assertDone(register("--scheme", "envelope"));
    assertDone(run(List.of(PASSWORD), "sessions", "--scheme", "Envelope"));

    assertTrue(server.requests().stream().noneMatch(each -> each.header("Signature").isPresent()));
    assertEnded(2, "--scheme", run(List.of(PASSWORD), "whoami", "--scheme", "none"));
  }

  /** A language with digits of its own changes neither what is signed nor what is printed. */
  @Test
  @ResourceLock(Resources.LOCALE)
  void commands_arabicLocale_haveAsciiDigits() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertDone(register("--scheme", "envelope"));
      Ended me = run(List.of(PASSWORD), "whoami", "--scheme", "envelope");
      assertDone(me);
      assertTrue(me.out().contains("id        9007199254740991\n"), me.out());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void commands_wholeLife_printJson() {
    Ended registered = register("--json");
    assertDone(registered);
    assertEquals(
        FakeAccount.SECRET,
        JsonObject.parse(registered.out().lines().toList().get(0).getBytes(UTF_8)).text("secret"));
    assertEquals(FakeAccount.RECOVERY_CODES, registered.json().texts("recovery_codes"));

    Ended me = run(List.of(PASSWORD), "whoami", "--json");
    assertEquals("alice", me.json().text("username"));
    assertEquals(EMAIL, me.json().text("email"));
    assertTrue(me.json().flag("encryption_key_published"));

    Ended sessions = run(List.of(PASSWORD), "sessions", "--json");
    String other = sessions.json().objects("sessions").get(1).text("id");
    Ended end = run(List.of(PASSWORD), "sessions", "--end", other, "--json");
    assertEquals(other, end.json().text("ended"));

    assertDone(run(List.of(PASSWORD, "next", CODE), "password"));
    assertEnded(1, "does not open", run(List.of(PASSWORD), "whoami"));
    assertDone(run(List.of("next"), "logout"));
    assertEnded(2, "signed out", run(List.of("next"), "whoami"));

    Ended login = run(List.of("next", CODE), "login", "--json");
    assertEquals("alice", login.json().text("username"));
    assertTrue(
        server.requests().stream().noneMatch(each -> each.target().equals("/api/login/key")));

    Ended recovered = run(List.of("next", RECOVERY, "000000", CODE), "recover", "--json");
    assertEnded(0, "That code is not right", recovered);
    assertEquals(FakeAccount.RECOVERY_CODES, recovered.json().texts("recovery_codes"));

    assertDone(run(List.of("alice", "next", CODE), "delete"));
    assertFalse(Files.exists(profile()));
  }

  @Test
  void login_onANewDevice_fetchesTheKey() {
    register();
    Path other = folder.resolve("other.json");
    String[] login = {"login", "--server", server.url(), "--profile-file", other.toString()};
    assertDone(run(List.of(EMAIL, PASSWORD, CODE), login));

    assertDone(run(List.of(PASSWORD), "whoami", "--profile-file", other.toString()));
  }

  @Test
  void login_passwordChangedElsewhere_fetchesTheKeyIfAPersonSaysSo() {
    register();
    Path other = folder.resolve("other.json");
    assertDone(
        run(
            List.of(EMAIL, PASSWORD, CODE),
            "login",
            "--server",
            server.url(),
            "--profile-file",
            other.toString()));
    assertDone(
        run(List.of(PASSWORD, "next", CODE), "password", "--profile-file", other.toString()));
    int before = server.requests().size();

    assertEnded(1, "does not open", run(List.of("next", CODE), "login"));
    Person careless = new Person("nxet", "no");
    assertEquals(1, TerminalClient.run(surroundings(careless), "login"));
    assertEquals(1, TerminalClient.run(surroundings(new Person("next", "yes")), "login", "--json"));
    assertEquals(before, server.requests().size());
    Person sure = new Person("next", "yes", CODE);
    assertEquals(0, TerminalClient.run(surroundings(sure), "login"));
    assertDone(run(List.of("next"), "whoami"));
  }

  @Test
  void recover_brokenOff_goesOnWithoutAnotherCode() {
    register();
    assertDone(run(List.of(PASSWORD), "logout", "--forget"));
    assertFalse(Files.exists(profile()));
    Ended broken = run(List.of(EMAIL, PASSWORD, RECOVERY), "recover", "--server", server.url());
    assertEnded(2, "The input ended", broken);
    assertEnded(1, "finish with recover", run(List.of(PASSWORD), "sessions"));

    assertDone(run(List.of(PASSWORD, CODE), "recover"));
    assertDone(run(List.of(PASSWORD), "sessions"));
  }

  @Test
  void profile_written_isItsOwnersAloneAndSealed() throws IOException {
    register();

    assertEquals("rw-------", permissions(profile()));
    assertEquals("rwx------", permissions(profile().resolveSibling("")));
    JsonObject text = JsonObject.parse(Files.readAllBytes(profile()));
    assertEquals(
        "JsonObject[format, server, email, id, username, encryption_key_published, kdf, sealed]",
        text.toString());
    try (Stream<Path> files = Files.list(profile().resolveSibling(""))) {
      assertEquals(1, files.count());
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void profile_changedAnywhere_doesNotOpen() throws IOException {
    register();
    String text = Files.readString(profile());
    for (String changed :
        List.of(
            text.replace("alice@example.org", "alicf@example.org"),
            text.replace("\"alice\"", "\"mallory\""),
            text.replace("\"id\":9", "\"id\":8"),
            text.replace("published\":true", "published\":false"),
            text.replace(server.url(), server.url().replace("127.0.0.1", "localhost")),
            text.replace("\"iterations\":3", "\"iterations\":4"))) {
      Files.writeString(profile(), changed);
      int before = server.requests().size();
      assertEnded(1, "does not open", run(List.of(PASSWORD), "whoami"));
      assertEquals(before, server.requests().size());
    }
    for (String broken : List.of("", "{}", text.replace("profile\"", "\""), "x".repeat(70_000))) {
      Files.writeString(profile(), broken);
      assertEnded(2, "no profile", run(List.of(PASSWORD), "whoami"));
    }
  }

  @Test
  void register_profileCannotBeWritten_sendsNothing() throws IOException {
    // The draft beside it has a longer name, and no file system takes that.
    Path tooLong = folder.resolve("p".repeat(252));
    assertEnded(2, "can't be written", register("--profile-file", tooLong.toString()));
    Path inNoFolder = Files.createFile(folder.resolve("file")).resolve("profile.json");
    // Which of the two depends on the JDK: some say that there is no such file, some ask why.
    assertEnded(2, "can't be ", register("--profile-file", inNoFolder.toString()));
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    Ended inALoop = register("--profile-file", loop.resolve("profile.json").toString());
    assertEnded(2, "can't be read", inALoop);
    Ended login =
        run(
            List.of(EMAIL, PASSWORD, CODE),
            "login",
            "--server",
            server.url(),
            "--profile-file",
            tooLong.toString());
    assertEnded(2, "can't be written", login);
    Ended recover =
        run(
            List.of(EMAIL, PASSWORD, RECOVERY),
            "recover",
            "--server",
            server.url(),
            "--profile-file",
            tooLong.toString());
    assertEnded(2, "can't be written", recover);

    assertEquals(List.of(), server.requests());
  }

  /** Somebody puts a folder in the profile's place while the server answers. */
  private Reply replaceProfile(Reply reply) throws IOException {
    Files.deleteIfExists(profile());
    Files.createDirectories(profile().resolve("folder"));
    return reply;
  }

  @Test
  void register_profileCannotBeKeptAfterAll_showsTheCodesFirst() {
    FakeServer.Script confirm = server.script("POST /api/register/verify-2fa");
    server.on("POST /api/register/verify-2fa", request -> replaceProfile(confirm.answer(request)));

    Ended ended = register();
    assertEnded(2, "can't be written", ended);
    assertTrue(ended.out().contains(RECOVERY), ended.out());
    assertFalse(ended.out().contains("signed in"), ended.out());
  }

  @Test
  void recover_profileCannotBeKeptAfterAll_showsTheCodesFirst() {
    register();
    FakeServer.Script confirm = server.script("POST /api/2fa/reset/verify");
    server.on("POST /api/2fa/reset/verify", request -> replaceProfile(confirm.answer(request)));

    Ended ended = run(List.of(PASSWORD, RECOVERY, CODE), "recover", "--json");
    assertEnded(2, "can't be written", ended);
    assertEquals(FakeAccount.RECOVERY_CODES, ended.json().texts("recovery_codes"));
  }

  @Test
  void print_fullOutput_isAFailure() {
    register();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Terminal terminal =
        new SystemTerminal(
            null,
            new ByteArrayInputStream(PASSWORD.getBytes(UTF_8)),
            new PrintStream(full, false, UTF_8),
            new PrintStream(err, true, UTF_8));

    assertEquals(2, TerminalClient.run(surroundings(terminal), "whoami"));
    assertTrue(err.toString(UTF_8).contains("The output can't be written."));
  }

  @Test
  void json_oddTextsOfTheServer_areEscaped() {
    register();
    String odd = "\u001b[31m\u0007\u007f\u009b\u202e\u00e9";
    server.on(
        "GET /api/sessions",
        request ->
            Reply.json(
                200,
                "{\"sessions\":[{\"id\":\"x\",\"created_at\":\"2026-01-19T12:00:00Z\",\"last_used_at\":"
                    + "\"2026-01-19T12:00:00Z\",\"current\":true,\"user_agent\":\""
                    + odd.replace("\u001b", "\\u001b").replace("\u0007", "\\u0007")
                    + "\"}]}"));

    Ended ended = run(List.of(PASSWORD), "sessions", "--json");
    assertDone(ended);
    assertTrue(ended.out().matches("[ -~]+\n"), ended.out());
    assertEquals(odd, ended.json().objects("sessions").get(0).text("user_agent"));
  }

  @Test
  void usageError_inJson_isOneObject() {
    for (String[] wrong :
        List.of(
            new String[] {"whoami", "--json", "--dance"},
            new String[] {"whoami", "--json"},
            new String[] {"dance", "--json"})) {
      Ended ended = run(List.of(PASSWORD), wrong);
      assertEquals(2, ended.code());
      assertEquals("", ended.out());
      String error = ended.err().strip();
      assertFalse(JsonObject.parse(error.getBytes(UTF_8)).text("error").isEmpty());
    }
  }

  @Test
  void mistakeOfTheClient_isNoRefusal() {
    Person broken =
        new Person() {
          @Override
          public String ask(String prompt) {
            throw new IllegalStateException("broken");
          }
        };

    assertEquals(
        70, TerminalClient.run(surroundings(broken), "register", "--server", server.url()));
  }

  @Test
  void login_addressSpelledOtherwise_isTheSameAccount() {
    register();

    assertDone(run(List.of(PASSWORD, CODE), "login", "--email", "ALICE@Example.org"));
    assertDone(run(List.of(PASSWORD), "whoami"));
  }

  @Test
  void email_notReadable_isRefused() {
    Ended option = run(List.of(), "login", "--server", server.url(), "--email", "j\ufffd@b.org");
    assertEnded(2, "UTF-8", option);
    assertEnded(2, "UTF-8", run(List.of("j\ufffd@b.org"), "login", "--server", server.url()));
  }

  @Test
  void logout_forget_removesTheKeyWhateverTheServerSays() {
    register();
    server.on("POST /api/logout", request -> Reply.refusal(503, "unavailable"));
    assertEnded(3, "no database", run(List.of(PASSWORD), "logout", "--forget"));
    assertFalse(Files.exists(profile()));
  }

  @Test
  void logout_forgetSignedOut_removesTheKey() {
    register();
    assertDone(run(List.of(PASSWORD), "logout"));
    assertDone(run(List.of(PASSWORD), "logout"));
    assertDone(run(List.of(PASSWORD), "logout", "--forget"));
    assertFalse(Files.exists(profile()));
  }

  @Test
  void profile_readableByOthers_isRefused() throws IOException {
    register();
    Files.setPosixFilePermissions(profile(), PosixFilePermissions.fromString("rw-r-----"));

    assertEnded(2, "chmod 600", run(List.of(PASSWORD), "whoami"));
  }

  @Test
  void whoami_wrongPassword_sendsNothing() {
    register();
    int before = server.requests().size();

    assertEnded(1, "does not open", run(List.of("wrong"), "whoami"));
    assertEquals(before, server.requests().size());
  }

  @Test
  void command_refused_saysWhyAndExitsWithOne() {
    register();
    Ended ended = run(List.of(PASSWORD, "000000"), "login");
    assertEnded(1, "secure-chat: Email, password or code is wrong", ended);
    assertEquals("", ended.out());

    server.on(
        "POST /api/login",
        request -> Reply.refusal(429, "rate_limited").with("Retry-After", "900"));
    Ended limited = run(List.of(PASSWORD, CODE), "login", "--json");
    assertEquals(1, limited.code());
    List<String> lines = limited.err().lines().toList();
    assertEquals(
        "{\"error\":\"Too many attempts: try again in 900"
            + " s.\",\"code\":\"rate_limited\",\"status\":429,\"retry_after\":900}",
        lines.get(lines.size() - 1));
  }

  @Test
  void command_serverAwayOrBroken_exitsWithThree() throws IOException {
    register();
    server.on("POST /api/me", request -> Reply.refusal(503, "unavailable"));
    assertEnded(3, "no database", run(List.of(PASSWORD), "whoami"));
    server.on("POST /api/me", request -> Reply.json(502, "Bad gateway"));
    assertEnded(3, "status 502", run(List.of(PASSWORD), "whoami"));

    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    Ended away =
        run(
            List.of(EMAIL, "alice", PASSWORD),
            "register",
            "--server",
            "http://127.0.0.1:" + port,
            "--profile-file",
            folder.resolve("new.json").toString());
    assertEnded(3, "can't be reached", away);
  }

  @Test
  void command_untrustedAnswer_exitsWithFour() {
    register();
    account.weaken();

    assertEnded(4, "key derivation", run(List.of(PASSWORD, CODE), "login"));
  }

  @Test
  void command_anotherAccountInOurPlace_exitsWithFour() {
    register();
    account.rename("mallory");

    assertEnded(4, "not the one that this device knows", run(List.of(PASSWORD), "whoami"));
    assertEnded(4, "not the one that this device knows", run(List.of(PASSWORD, CODE), "login"));
  }

  @Test
  void command_wronglyCalled_exitsWithTwo() {
    assertEnded(2, "no account on this device", run(List.of(PASSWORD), "whoami"));
    assertEnded(2, "--server", run(List.of(), "login"));
    assertEnded(2, "--server", run(List.of(), "register"));
    assertEnded(2, "https", run(List.of(), "register", "--server", "chat.example.org"));
    assertEnded(
        2,
        "Plain HTTP",
        run(List.of(EMAIL, "a", "b"), "register", "--server", "http://chat.example.org"));
    assertEnded(2, "Email must be", run(List.of("x"), "login", "--server", server.url()));
    assertEnded(
        2, "password is empty", run(List.of(EMAIL, "", ""), "login", "--server", server.url()));
    assertEnded(2, "Unknown option", run(List.of(), "whoami", "--dance"));
    assertEnded(2, "dance", run(List.of(), "dance"));
    assertEquals(2, run(List.of()).code());
    register();
    assertEnded(2, "has an account already", register());
    assertEnded(2, "has another account", run(List.of(PASSWORD, CODE), "login", "--email", "b@c"));
    assertDone(
        run(
            List.of(PASSWORD, CODE),
            "login",
            "--server",
            server.url().toUpperCase(Locale.ROOT) + "/"));
    assertEnded(2, "session id", run(List.of(), "sessions", "--end", "../me"));
    assertEquals(0, run(List.of(), "--help").code());
  }

  @Test
  void input_notUtf8OrEndless_isRefused() {
    byte[] latin1 = {'a', '@', 'b', '\n', 'p', (byte) 0xe4, '\n'};
    assertEnded(2, "UTF-8", run(latin1, "login", "--server", server.url()));
    byte[] endless = new byte[5000];
    Arrays.fill(endless, (byte) 'x');
    assertEnded(2, "longer than 4096", run(endless, "login", "--server", server.url()));
    assertEquals(List.of(), server.requests());
  }

  @Test
  void delete_notConfirmed_deletesNothing() {
    register();
    int before = server.requests().size();

    assertEnded(2, "Nothing was deleted", run(List.of("bob", PASSWORD, CODE), "delete"));
    assertEquals(before, server.requests().size());
    assertTrue(Files.exists(profile()));
    assertDone(run(List.of(PASSWORD, CODE), "delete", "--yes"));
  }

  @Test
  void logout_sessionOverAlready_isWhatWasWanted() {
    register();
    server.on("POST /api/logout", request -> Reply.refusal(401, "not_authenticated"));

    assertDone(run(List.of(PASSWORD), "logout"));
  }

  @ParameterizedTest
  @EnumSource
  void refusal_anyCode_hasASentence(RefusalCode code) {
    String sentence =
        RefusalSentences.of(
            new RefusedException(
                400,
                code.wireName(),
                "",
                Map.of("em\u0007ail\u009b", "Bad \u001b[31m"),
                Duration.ofSeconds(9),
                null));

    assertTrue(sentence.matches("[A-Z][^\\p{C}]+\\."), sentence);
  }

  /** A person, who types what is expected of one. */
  private static class Person implements Terminal {
    private final Deque<String> answers;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintWriter writer = new PrintWriter(printed, true, UTF_8);

    Person(String... answers) {
      this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public boolean isInteractive() {
      return true;
    }

    @Override
    public String ask(String prompt) {
      return answers.remove();
    }

    @Override
    public Password askPassword(String prompt) {
      return Password.of(answers.remove());
    }

    @Override
    public Optional<String> readLine(String prompt) {
      return Optional.ofNullable(answers.poll());
    }

    @Override
    public PrintWriter out() {
      return writer;
    }

    @Override
    public PrintWriter err() {
      return writer;
    }
  }

  @Test
  void register_byAPerson_wantsThePasswordTwice() {
    Person careless = new Person(EMAIL, "alice", "one", "two");
    assertEquals(
        2, TerminalClient.run(surroundings(careless), "register", "--server", server.url()));
    assertTrue(careless.printed.toString(UTF_8).contains("The two passwords differ."));

    Person careful = new Person(EMAIL, "alice", "one", "one", CODE);
    assertEquals(
        0, TerminalClient.run(surroundings(careful), "register", "--server", server.url()));
    assertTrue(careful.printed.toString(UTF_8).contains("\u001b[97;40m\u2588"));
  }
}
