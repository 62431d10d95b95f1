package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.securechat.http.signature.SignatureScheme;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;
import org.securechat.testpostgresql.PostgresqlServer;

/**
 * What a thief of the whole database can do with it: nothing. Every value of every column is tried
 * as each kind of credential, by a thief who has all the others, the user's key too.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class StolenDatabaseTest {
  private static final Pattern QUOTABLE = Pattern.compile("[ -!#-\\[\\]-~]+");

  /** Where the secrets would be: the test is blind if these are empty. */
  private static final Set<String> NOT_EMPTY =
      Set.of(
          "users.password_hash",
          "users.twofa_secret",
          "users.encrypted_private_key",
          "sessions.token_hash",
          "recovery_codes.code_hash",
          "login_tickets.ticket_hash",
          "pending_registrations.twofa_secret",
          "pending_resets.twofa_secret");

  @Parameter TestDatabase kind;
  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private final TestAccount alice = new TestAccount(TestUser.named("alice"), clock);
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private Map<String, String> settings;
  private TestServer server;
  private TestApi api;
  private String totpSecret;

  @BeforeEach
  void liveALittle() {
    settings = new HashMap<>(kind.create(folder));
    for (String limit : List.of("LIMIT_FAILURES_PER_ACCOUNT", "LIMIT_FAILURES_UNTIL_CLOSED")) {
      settings.put(limit, "1000");
    }
    server = TestServer.start(folder, clock, settings);
    api = new TestApi(server.url());
    totpSecret = api.post("/api/register", alice.signedRegistration()).get("secret");
    secrets.put("cookie of the registration", api.cookie().orElseThrow());
    secrets.put("second factor's secret", totpSecret);
    TestApi.Answer confirmed =
        api.post("/api/register/verify-2fa", alice.signedCode(alice.code(totpSecret, 0)));
    secrets.put("cookie", api.cookie().orElseThrow());
    secrets.put("recovery code", confirmed.get("recovery_codes.0"));
    secrets.put("password hash", alice.user().passwordHash());
    secrets.put(
        "encrypted private key",
        new String(alice.user().encryptedPrivateKey().toByteArray(), StandardCharsets.ISO_8859_1));
    String ticket =
        new TestApi(server.url())
            .post("/api/login/key", login("totp_code", alice.code(totpSecret, 1)))
            .get("login_ticket");
    secrets.put("login ticket", ticket);
    clock.advance(Duration.ofSeconds(60));
    String reset =
        api.call(
                alice,
                "POST",
                "/api/2fa/reset",
                "{\"password_hash\":\"%s\",\"totp_code\":\"%s\"}"
                    .formatted(alice.user().passwordHash(), alice.code(totpSecret, 0)),
                SignatureScheme.RFC9421)
            .get("secret");
    secrets.put("second factor's next secret", reset);
    TestAccount bob = new TestAccount(TestUser.named("bob"), clock);
    secrets.put(
        "second factor's secret of a registration",
        new TestApi(server.url()).post("/api/register", bob.signedRegistration()).get("secret"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String login(String factor, String value) {
    return login(TestUser.named("alice").passwordHash(), factor, value);
  }

  private static String login(String passwordHash, String factor, String value) {
    return "{\"username\":\"alice\",\"password_hash\":\"%s\",\"%s\":\"%s\"}"
        .formatted(passwordHash, factor, value);
  }

  private Connection connect() throws SQLException {
    String url = Objects.requireNonNull(settings.get("DATABASE_URL"));
    if (kind == TestDatabase.SQLITE) {
      return DriverManager.getConnection("jdbc:sqlite:" + url.substring("sqlite:///".length()));
    }
    return PostgresqlServer.shared().connect(url.substring(url.lastIndexOf('/') + 1));
  }

  /** Every value of every column of every table, bytes as Latin-1. */
  private Map<String, List<String>> dump() throws SQLException {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String table : tables(connection.getMetaData())) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              Object value = rows.getObject(i);
              if (value != null) {
                columns
                    .computeIfAbsent(
                        table + "." + rows.getMetaData().getColumnName(i), c -> new ArrayList<>())
                    .add(
                        value instanceof byte[] bytes
                            ? new String(bytes, StandardCharsets.ISO_8859_1)
                            : value.toString());
              }
            }
          }
        }
      }
    }
    return columns;
  }

  private static List<String> tables(DatabaseMetaData data) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows = data.getTables(null, null, "%", new String[] {"TABLE"})) {
      while (rows.next()) {
        String schema = rows.getString("TABLE_SCHEM");
        if (schema == null || schema.equals("public")) {
          tables.add(rows.getString("TABLE_NAME"));
        }
      }
    }
    return tables;
  }

  /** A value in each spelling in which it could be sent. */
  private static Set<String> spellings(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    Set<String> spellings = new LinkedHashSet<>();
    if (QUOTABLE.matcher(value).matches()) {
      spellings.add(value);
    }
    spellings.add(HexFormat.of().formatHex(bytes));
    spellings.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    return spellings;
  }

  @Test
  void dump_ofEverything_holdsNoSecretAsItWasSent() throws SQLException {
    Map<String, List<String>> columns = dump();
    assertTrue(columns.keySet().containsAll(NOT_EMPTY), () -> columns.keySet().toString());
    List<String> found = new ArrayList<>();
    secrets.forEach((name, secret) -> {
      Set<String> forms = new LinkedHashSet<>(spellings(secret));
      forms.add(secret);
      columns.forEach((column, values) -> {
        if (values.stream().anyMatch(value -> forms.stream().anyMatch(value::contains))) {
          found.add(name + " in " + column);
        }
      });
    });

    assertEquals(List.of(), found);
  }

  @Test
  void everyValue_triedAsAnyCredential_letsNobodyIn() throws SQLException {
    Set<String> values = new LinkedHashSet<>();
    dump().values().forEach(column -> column.forEach(value -> values.addAll(spellings(value))));
    values.removeIf(value -> value.length() > 4096);
    clock.advance(Duration.ofSeconds(30));
    String rightCode = alice.code(totpSecret, 0);
    List<String> letIn = new ArrayList<>();
    for (String value : values) {
      TestApi thief = new TestApi(server.url());
      if (value.matches("[!#-+\\--:<-\\[\\]-~]+")) {
        thief.useCookie(value);
        note(letIn, "cookie", value, thief.post("/api/me", alice.sign("{}")));
        thief.useCookie(null);
      }
      note(letIn, "password", value, tryLogin(thief, login(value, "totp_code", rightCode)));
      note(letIn, "recovery code", value, tryLogin(thief, login("recovery_code", value)));
      note(letIn, "ticket", value, tryLogin(thief, login("login_ticket", value)));
    }

    assertEquals(List.of(), letIn);
    assertEquals(200, tryLogin(new TestApi(server.url()), login("totp_code", rightCode)).status());
  }

  private TestApi.Answer tryLogin(TestApi thief, String data) {
    return thief.post("/api/login", alice.sign(data));
  }

  private static void note(
      List<String> letIn, String credential, String value, TestApi.Answer answer) {
    assertFalse(answer.status() == 429 || answer.status() >= 500, answer.response().body());
    if (answer.status() < 300) {
      letIn.add(value + " as " + credential);
    }
  }

  /** SQLite erases what is deleted; PostgreSQL keeps dead rows until they are vacuumed. */
  @Test
  void deletedAccount_leavesNoByteOfItsSecrets() throws Exception {
    List<String> planted = new ArrayList<>();
    Map<String, List<String>> before = dump();
    for (String column :
        List.of(
            "users.password_hash",
            "users.twofa_secret",
            "users.encrypted_private_key",
            "users.email",
            "sessions.token_hash",
            "recovery_codes.code_hash",
            "login_tickets.ticket_hash",
            "pending_resets.twofa_secret")) {
      planted.addAll(before.getOrDefault(column, List.of()));
    }
    assertTrue(planted.size() >= 17, planted::toString);
    assertEquals(planted, present(planted));

    clock.advance(Duration.ofSeconds(30));
    TestApi.Answer deleted =
        api.call(
            alice,
            "POST",
            "/api/me/delete",
            "{\"password_hash\":\"%s\",\"totp_code\":\"%s\"}"
                .formatted(alice.user().passwordHash(), alice.code(totpSecret, 0)),
            SignatureScheme.RFC9421);
    assertEquals(200, deleted.status(), deleted.response().body());

    assertEquals(List.of(), present(planted));
  }

  /** Which of the values can be found in the database: in its bytes, where there is one file. */
  private List<String> present(List<String> values) throws Exception {
    if (kind == TestDatabase.SQLITE) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      }
      String file =
          new String(Files.readAllBytes(folder.resolve("chat.db")), StandardCharsets.ISO_8859_1);
      return values.stream().filter(file::contains).toList();
    }
    List<String> stored = dump().values().stream().flatMap(List::stream).toList();
    return values.stream().filter(stored::contains).toList();
  }
}
