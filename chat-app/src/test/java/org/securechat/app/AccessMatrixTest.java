package org.securechat.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.securechat.app.AccessScene.Account;
import org.securechat.app.AccessScene.Standing;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Signature;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.wire.WireAnswer;
import org.securechat.testkit.wire.WireGroup;
import org.securechat.testkit.wire.WireJson;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireUser;
import org.securechat.testkit.wire.WireWorld;

/** Who may do what: {@code access.csv}, cell by cell, against the real server. */
class AccessMatrixTest {
  private static final int COLUMNS_OF_A_REQUEST = 3;
  private static final String UNKNOWN_ID = "9007199254740991";
  private static final WireUser NOBODY =
      new WireWorld("http://nowhere.example", TestClock.atNoon(), WireScheme.ENVELOPE)
          .stranger("nobody")
          .withId(4711);

  /** What wants no signature, and is asked for without. */
  private static final Set<String> OPEN =
      Set.of(
          "GET /",
          "GET /app/",
          "GET /health",
          "GET /health/live",
          "GET /health/ready",
          "GET /openapi.json",
          "GET /metrics",
          "POST /api/login/params",
          "POST /api/login/key");

  @TempDir Path folder;

  /** A line of the table. */
  private record Row(String method, String path, String what, Map<Standing, String> cells) {
    String endpoint() {
      return method + " " + path;
    }

    String name() {
      return what.isEmpty() ? endpoint() : endpoint() + ", " + what;
    }
  }

  /**
   * What is sent.
   *
   * @param body data, bytes or nothing
   * @param signer who should sign it
   */
  private record Call(String path, @Nullable Object body, WireUser signer) {}

  private static List<List<String>> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(AccessMatrixTest.class.getResourceAsStream("access.csv"))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Arrays.stream(line.split(",", -1)).map(String::strip).toList())
          .toList();
    }
  }

  private static List<Row> table() throws IOException {
    List<List<String>> lines = lines();
    List<String> columns = lines.get(0);
    List<Row> rows = new ArrayList<>();
    for (List<String> line : lines.subList(1, lines.size())) {
      Map<Standing, String> cells = new EnumMap<>(Standing.class);
      for (int i = COLUMNS_OF_A_REQUEST; i < columns.size(); i++) {
        cells.put(Standing.valueOf(columns.get(i).toUpperCase(Locale.ROOT)), line.get(i));
      }
      rows.add(new Row(line.get(0), line.get(1), line.get(2), cells));
    }
    return rows;
  }

  @Test
  void endpoints_eachOfThem_hasARow() throws IOException {
    Set<String> rows = new TreeSet<>();
    table().forEach(row -> rows.add(row.endpoint()));

    assertEquals(Endpoints.in("org.securechat.http", "org.securechat.app"), rows);
  }

  @Test
  void columns_areTheKindsOfCallers() throws IOException {
    List<String> columns = lines().get(0);

    assertEquals(
        Arrays.stream(Standing.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList(),
        columns.subList(COLUMNS_OF_A_REQUEST, columns.size()));
  }

  @ParameterizedTest
  @CsvSource({"SQLITE, ENVELOPE", "POSTGRESQL, RFC9421"})
  void everyCell_asked_isAnsweredAsTheTableSays(TestDatabase kind, WireScheme scheme)
      throws IOException {
    Map<String, String> settings = new HashMap<>(kind.create(folder));
    settings.put("LIMIT_CONVERSATIONS_PER_DAY", "100000");
    settings.put("METRICS_PORT", "0");
    TestClock clock = TestClock.atNoon();
    try (TestServer server = TestServer.start(folder, clock, settings)) {
      WireWorld world = new WireWorld(server.url(), clock, scheme);
      WireWorld metrics = new WireWorld(server.metricsUrl().replace("/metrics", ""), clock, scheme);
      List<String> surprises = new ArrayList<>();
      for (Standing standing : Standing.values()) {
        Column column = new Column(world, metrics, clock, standing);
        for (Row row : table()) {
          column.check(row, surprises);
        }
      }

      assertEquals("", String.join("\n", surprises));
    }
  }

  /** One kind of caller, for all rows. */
  private static final class Column {
    private final WireWorld world;
    private final WireWorld metrics;
    private final TestClock clock;
    private final Standing standing;
    private @Nullable Account account;
    private @Nullable AccessScene unchanged;

    Column(WireWorld world, WireWorld metrics, TestClock clock, Standing standing) {
      this.world = world;
      this.metrics = metrics;
      this.clock = clock;
      this.standing = standing;
    }

    void check(Row row, List<String> surprises) {
      Account used = account == null ? AccessScene.register(world, standing) : account;
      AccessScene scene =
          unchanged == null ? new AccessScene(world, clock, standing, used) : unchanged;
      WireAnswer answer = send(row, scene, call(row, scene, false));
      String found = told(answer);
      String expected = row.cells().get(standing);
      if (!found.equals(expected)) {
        surprises.add(
            "%s by %s: %s and not %s, %s"
                .formatted(row.name(), standing, found, expected, answer.body()));
      }
      if (hides(row, answer)) {
        AccessScene another = new AccessScene(world, clock, standing, used);
        WireAnswer unknown = send(row, another, call(row, another, true));
        if (!same(answer, unknown)) {
          surprises.add(
              "%s by %s: %s %s but of what is not there %s %s"
                  .formatted(
                      row.name(),
                      standing,
                      answer.body(),
                      answer.steadyHeaders(),
                      unknown.body(),
                      unknown.steadyHeaders()));
        }
      }
      boolean changed = answer.status() < 400 && !row.method().equals("GET");
      account = changed && !row.path().startsWith("/api/conversations") ? null : used;
      unchanged = changed || scene.isSpecial() ? null : scene;
    }

    private WireAnswer send(Row row, AccessScene scene, Call call) {
      boolean open = OPEN.contains(row.endpoint());
      WireUser caller = scene.caller();
      WireUser signer = standing == Standing.ANOTHER_KEY ? scene.olga() : call.signer();
      WireUser sender =
          switch (standing) {
            case ANONYMOUS, NO_SESSION -> caller.elsewhere();
            default -> caller;
          };
      if (row.path().equals("/metrics")) {
        sender = sender.at(metrics);
      }
      boolean signed = !open && standing != Standing.ANONYMOUS && standing != Standing.UNSIGNED;
      return sender.send(
          signed ? signed(signer, row.method(), call) : unsigned(sender, row.method(), call, open));
    }

    private static HttpRequest.Builder signed(WireUser signer, String method, Call call) {
      return call.body() instanceof byte[] bytes
          ? signer.prepareUpload(call.path(), bytes)
          : signer.prepare(
              method, call.path(), call.body() == null ? null : WireJson.write(call.body()));
    }

    private HttpRequest.Builder unsigned(WireUser sender, String method, Call call, boolean open) {
      if (call.body() == null) {
        return sender.prepareUnsigned(method, call.path(), BodyPublishers.noBody());
      }
      if (call.body() instanceof byte[] bytes) {
        return sender
            .prepareUnsigned(method, call.path(), BodyPublishers.ofByteArray(bytes))
            .header("Content-Type", "application/octet-stream");
      }
      Object body =
          open
              ? call.body()
              : WireJson.object("data", call.body(), "timestamp", clock.instant().getEpochSecond());
      return sender
          .prepareUnsigned(method, call.path(), BodyPublishers.ofString(WireJson.write(body)))
          .header("Content-Type", "application/json");
    }

    /** What a row sends; of something that is not there, if it is about something. */
    private Call call(Row row, AccessScene scene, boolean unknown) {
      WireUser caller = scene.caller();
      String factor = "totp_code";
      return switch (row.name()) {
        case "GET /",
            "GET /app/",
            "GET /health",
            "GET /health/live",
            "GET /health/ready",
            "GET /openapi.json",
            "GET /metrics",
            "GET /api/sessions",
            "GET /api/blocks",
            "GET /api/me/export",
            "GET /api/conversations" ->
            new Call(row.path(), null, caller);
        case "POST /api/register" -> {
          WireUser coming = world.stranger("coming");
          yield new Call(row.path(), coming.registration(), coming);
        }
        case "POST /api/register/verify-2fa" ->
            new Call(row.path(), WireJson.object(factor, scene.code()), caller);
        case "POST /api/login", "POST /api/login/key" ->
            new Call(
                row.path(),
                WireJson.object(
                    "username",
                    caller.name(),
                    "password_hash",
                    scene.passwordHash(),
                    factor,
                    scene.code()),
                caller);
        case "POST /api/login/params" ->
            new Call(row.path(), WireJson.object("username", caller.name()), caller);
        case "POST /api/logout", "POST /api/me" -> new Call(row.path(), WireJson.object(), caller);
        case "DELETE /api/sessions/{id}, own" ->
            about(row, unknown ? UNKNOWN_ID : scene.ownSession(), null, caller);
        case "DELETE /api/sessions/{id}, another's" ->
            about(row, unknown ? UNKNOWN_ID : scene.sessionOf(scene.walter()), null, caller);
        case "POST /api/password" -> {
          Map<String, @Nullable Object> password = new LinkedHashMap<>(caller.registration());
          password.put("current_password_hash", scene.passwordHash());
          password.put(factor, scene.code());
          yield new Call(row.path(), password, caller);
        }
        case "POST /api/2fa/reset", "POST /api/me/delete" ->
            new Call(row.path(), credentials(scene), caller);
        case "POST /api/2fa/reset/verify" ->
            new Call(row.path(), WireJson.object(factor, codeOfBegunReset(scene)), caller);
        case "POST /api/me/encryption-key" -> new Call(row.path(), encryptionKey(caller), caller);
        case "POST /api/users/{username}/block", "POST /api/users/{username}/unblock" ->
            about(row, unknown ? "nobody" : scene.walter().name(), WireJson.object(), caller);
        case "GET /api/users/{username}" ->
            about(row, unknown ? "nobody" : scene.olga().name(), null, caller);
        case "GET /api/users/{username}, half registered" -> {
          WireUser half = world.stranger("half");
          half.beginRegistration();
          yield about(row, unknown ? "nobody" : half.name(), null, caller);
        }
        case "POST /api/conversations, alone" ->
            new Call(
                row.path(),
                new WireGroup().start(caller, List.of(AccessScene.admin(caller))),
                caller);
        case "POST /api/conversations, with Olga" ->
            new Call(
                row.path(),
                new WireGroup()
                    .start(
                        caller,
                        List.of(
                            AccessScene.admin(caller),
                            AccessScene.member(unknown ? NOBODY : scene.olga()))),
                caller);
        case "POST /api/sync" ->
            new Call(row.path(), WireJson.object("after", WireJson.object()), caller);
        case "GET /api/files/{id}, sent" ->
            file(row, unknown, filesOf(scene.message(scene.walter())), scene);
        case "GET /api/files/{id}, own and not sent" -> file(row, unknown, scene.ownFile(), scene);
        case "GET /api/files/{id}, another's and not sent" ->
            file(row, unknown, AccessScene.upload(scene.group(), scene.walter()), scene);
        case "GET /api/files/{id}, of before" ->
            file(row, unknown, filesOf(scene.beforeTheCallerCame()), scene);
        default -> ofConversation(row, scene, unknown);
      };
    }

    private Call ofConversation(Row row, AccessScene scene, boolean unknown) {
      WireUser caller = scene.caller();
      Object body =
          switch (row.name().substring(row.name().lastIndexOf('}') + 1)) {
            case "", "/epochs" -> null;
            case "/join", "/leave" -> WireJson.object();
            case "/epochs, renewed" -> scene.settled().next(caller, scene.members());
            case "/epochs, with somebody more" ->
                scene
                    .settled()
                    .next(caller, scene.membersAnd(AccessScene.member(world.user("nina"))));
            case "/epochs, without Walter" ->
                scene.settled().next(caller, scene.membersBut(scene.walter()));
            case "/epochs, with Walter as admin" ->
                scene
                    .settled()
                    .next(
                        caller,
                        scene.membersBut(scene.walter(), AccessScene.admin(scene.walter())));
            case "/messages" ->
                row.method().equals("GET") ? null : scene.settled().message(caller, "hello");
            case "/deletions, own" -> {
              long message = numberOf(scene.ownMessage());
              yield scene.settled().deletion(caller, message);
            }
            case "/deletions, another's" -> {
              long message = numberOf(scene.message(scene.walter()));
              yield scene.settled().deletion(caller, message);
            }
            case "/deletions, of before" -> {
              long message = numberOf(scene.beforeTheCallerCame());
              yield scene.settled().deletion(caller, unknown ? 99 : message);
            }
            case "/read" -> WireJson.object("up_to", 1L);
            case "/files" -> WireGroup.bytes(9);
            default -> throw new AssertionError("nothing is known of " + row.name());
          };
      WireGroup group = scene.settled();
      String id =
          unknown && !row.what().equals("of before") ? UNKNOWN_ID : Long.toString(group.id());
      return row.path().endsWith("/files")
          ? new Call(AccessScene.uploads(Long.parseLong(id)), body, caller)
          : about(row, id, body, caller);
    }

    private static Call about(Row row, String what, @Nullable Object body, WireUser signer) {
      return new Call(row.path().replaceFirst("\\{[a-z]+}", what), body, signer);
    }

    private static Call file(
        Row row, boolean unknown, Map<String, @Nullable Object> file, AccessScene scene) {
      scene.settled();
      return about(
          row, unknown ? UNKNOWN_ID : String.valueOf(file.get("id")), null, scene.caller());
    }

    @SuppressWarnings("unchecked") // a message's files are objects
    private static Map<String, @Nullable Object> filesOf(Map<String, @Nullable Object> entry) {
      return ((List<Map<String, @Nullable Object>>) Objects.requireNonNull(entry.get("files")))
          .get(0);
    }

    private static long numberOf(Map<String, @Nullable Object> entry) {
      return (Long) Objects.requireNonNull(entry.get("id"));
    }

    private static Map<String, @Nullable Object> credentials(AccessScene scene) {
      return WireJson.object("password_hash", scene.passwordHash(), "totp_code", scene.code());
    }

    /** Begins a reset where the caller may; otherwise it is the code of the secret they have. */
    private String codeOfBegunReset(AccessScene scene) {
      if (standing == Standing.HALF_REGISTERED) {
        return scene.code();
      }
      String secret =
          scene.caller().post("/api/2fa/reset", credentials(scene)).expect(200).text("secret");
      return new Authenticator(clock).nextCode(secret);
    }

    private static Map<String, @Nullable Object> encryptionKey(WireUser caller) {
      byte[] bytes = new byte[EncryptionKey.LENGTH];
      Arrays.fill(bytes, (byte) 1);
      EncryptionKey unsigned = EncryptionKey.of(bytes, Signature.copyOf(new byte[64]));
      byte[] signature = caller.key().sign(unsigned.signedText()).toByteArray();
      return WireJson.object(
          "encryption_key",
          Base64Text.encode(bytes),
          "encryption_key_signature",
          HexFormat.of().formatHex(signature));
    }

    private static String told(WireAnswer answer) {
      return answer.status() < 400
          ? Integer.toString(answer.status())
          : answer.status() + " " + answer.at("code");
    }

    /** Whether an answer must be the same if what it is about were not there. */
    private static boolean hides(Row row, WireAnswer answer) {
      return answer.status() == 404
          || (answer.status() == 403 && row.name().equals("POST /api/conversations, with Olga"));
    }

    private static boolean same(WireAnswer one, WireAnswer other) {
      return one.status() == other.status()
          && Arrays.equals(one.bytes(), other.bytes())
          && one.steadyHeaders().equals(other.steadyHeaders());
    }
  }
}
