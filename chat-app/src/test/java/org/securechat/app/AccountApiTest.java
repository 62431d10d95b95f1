package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.securechat.app.TestApi.Answer;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Signature;
import org.securechat.http.signature.SignatureScheme;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;

/**
 * What section 4 of the wire contract has beyond the original endpoints, by a client that knows the
 * contract alone: through the real server, on each database, signed in each way.
 */
@ParameterizedClass
@MethodSource("everyDatabaseAndScheme")
class AccountApiTest {
  private static final String NEW_HASH = "ab".repeat(32);

  @Parameter(0)
  TestDatabase kind;

  @Parameter(1)
  SignatureScheme scheme;

  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private final TestAccount alice = new TestAccount(TestUser.named("Alice"), clock);
  private final TestAccount bob = new TestAccount(TestUser.named("bob"), clock);
  private TestServer server;
  private TestApi api;
  private String secret;
  private List<String> recoveryCodes;

  static Stream<Arguments> everyDatabaseAndScheme() {
    return Stream.of(TestDatabase.values())
        .flatMap(
            kind -> Stream.of(SignatureScheme.values()).map(scheme -> Arguments.of(kind, scheme)));
  }

  @BeforeEach
  void registerAlice() {
    server = TestServer.start(folder, clock, kind.create(folder));
    api = new TestApi(server.url());
    secret = api.post("/api/register", alice.signedRegistration()).get("secret");
    Answer confirmed =
        api.post("/api/register/verify-2fa", alice.signedCode(alice.code(secret, 0)));
    recoveryCodes = codesOf(confirmed);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<String> codesOf(Answer answer) {
    return IntStream.range(0, 10).mapToObj(i -> answer.get("recovery_codes." + i)).toList();
  }

  private Answer call(String method, String path, @Nullable String data) {
    return api.call(alice, method, path, data, scheme);
  }

  private Answer post(String path, String data) {
    return call("POST", path, data);
  }

  private TestApi stranger() {
    return new TestApi(server.url());
  }

  /** A code that was not used yet: time goes on to the next step. */
  private String freshCode() {
    return freshCode(alice, secret);
  }

  private String freshCode(TestAccount account, String ofSecret) {
    clock.advance(Duration.ofSeconds(30));
    return account.code(ofSecret, 0);
  }

  private static String factor(String kind, String value) {
    return "{\"username\":\"alice\",\"password_hash\":\"%s\",\"%s\":\"%s\"}"
        .formatted(TestUser.named("Alice").passwordHash(), kind, value);
  }

  private Answer logIn(TestApi with, String factorKind, String value) {
    return with.call(alice, "POST", "/api/login", factor(factorKind, value), scheme);
  }

  private static void assertFields(Answer answer, String... names) {
    assertEquals("400 invalid_request", answer.code(), answer.response().body());
    Set<String> fields = new LinkedHashSet<>();
    answer.body().keySet().stream()
        .filter(path -> path.startsWith("fields."))
        .forEach(path -> fields.add(path.substring("fields.".length())));
    assertEquals(Set.of(names), fields);
  }

  private static String comparable(Answer answer) {
    return answer.status()
        + answer.response().body()
        + answer.response().headers().map().entrySet().stream()
            .filter(header -> !header.getKey().equals("x-request-id"))
            .toList();
  }

  // Signing in on a device that has no key.

  @Test
  void login_withoutTheKey_goesByParamsKeyAndTicket() {
    TestApi device = stranger();
    Answer params = device.post("/api/login/params", "{\"email\":\"ALICE@example.org\"}");
    assertEquals(
        Map.of(
            "kdf.algorithm", "argon2id",
            "kdf.memory_kib", "16384",
            "kdf.iterations", "2",
            "kdf.parallelism", "1"),
        params.body());

    Answer key = device.post("/api/login/key", factor("totp_code", freshCode()));
    assertEquals(200, key.status(), key.response().body());
    assertEquals(
        Base64Text.encode(alice.user().encryptedPrivateKey().toByteArray()),
        key.get("encrypted_private_key"));
    assertEquals(alice.user().profile().encryptionIv().hex(), key.get("encryption_iv"));
    assertEquals(alice.user().identityKey().toPem(), key.get("public_key"));
    assertEquals("16384", key.get("kdf.memory_kib"));
    assertEquals(Optional.empty(), key.header("Set-Cookie"));

    Answer signedIn = logIn(device, "login_ticket", key.get("login_ticket"));
    assertEquals(200, signedIn.status(), signedIn.response().body());
    assertEquals("false", signedIn.get("user.requires_2fa_reset"));
    assertEquals(
        "401 invalid_credentials", logIn(device, "login_ticket", key.get("login_ticket")).code());
    assertEquals(200, device.call(alice, "GET", "/api/sessions", null, scheme).status());
  }

  @Test
  void ticket_afterTwoMinutes_isRefused() {
    String first =
        stranger().post("/api/login/key", factor("totp_code", freshCode())).get("login_ticket");
    clock.advance(Duration.ofSeconds(119));
    assertEquals(200, logIn(stranger(), "login_ticket", first).status());

    String second =
        stranger().post("/api/login/key", factor("totp_code", freshCode())).get("login_ticket");
    clock.advance(Duration.ofMinutes(2));
    assertEquals("401 invalid_credentials", logIn(stranger(), "login_ticket", second).code());
  }

  @Test
  void loginKey_whateverIsWrong_isOneAnswer() {
    String right = freshCode();
    String wrong = alice.wrongCode(secret);
    Set<String> answers = new LinkedHashSet<>();
    answers.add(comparable(stranger().post("/api/login/key", factor("totp_code", wrong))));
    answers.add(comparable(stranger().post("/api/login/key", factor("recovery_code", "nonsense"))));
    answers.add(
        comparable(
            stranger()
                .post(
                    "/api/login/key",
                    "{\"username\":\"alice\",\"password_hash\":\"x\",\"totp_code\":\"%s\"}"
                        .formatted(right))));
    answers.add(
        comparable(
            stranger()
                .post(
                    "/api/login/key",
                    "{\"username\":\"nobody\",\"password_hash\":\"x\",\"totp_code\":\"%s\"}"
                        .formatted(right))));

    assertEquals(1, answers.size(), answers::toString);
    assertTrue(answers.toString().contains("invalid_credentials"));
    assertEquals(200, stranger().post("/api/login/key", factor("totp_code", right)).status());
  }

  @Test
  void loginKey_failuresOfStrangers_blockAccountAndUnknownNameAlike() {
    for (String name : List.of("alice", "nobody")) {
      String guess =
          "{\"username\":\"%s\",\"password_hash\":\"x\",\"totp_code\":\"000000\"}".formatted(name);
      for (int i = 0; i < 5; i++) {
        assertEquals("401 invalid_credentials", stranger().post("/api/login/key", guess).code());
      }
      Answer blocked = stranger().post("/api/login/key", guess);
      assertEquals("429 rate_limited", blocked.code());
      assertEquals(Optional.of("900"), blocked.header("Retry-After"));
    }

    assertEquals(200, logIn(stranger(), "totp_code", freshCode()).status());
  }

  @Test
  void loginParams_unknownName_isStableAndPlausible() {
    Set<Map<String, String>> answers = new LinkedHashSet<>();
    for (int i = 0; i < 20; i++) {
      String name = "{\"username\":\"nobody%d\"}".formatted(i);
      Answer first = stranger().post("/api/login/params", name);
      assertEquals(first.body(), stranger().post("/api/login/params", name).body());
      answers.add(first.body());
    }

    assertEquals(
        Set.of(stranger().post("/api/login/params", "{\"username\":\"alice\"}").body()), answers);
  }

  @Test
  void keyless_badData_namesTheFields() {
    assertFields(stranger().post("/api/login/params", "{}"), "username");
    assertFields(
        stranger().post("/api/login/params", "{\"username\":\"a\",\"email\":\"a@b.c\"}"), "email");
    assertFields(stranger().post("/api/login/key", "{}"), "username", "password_hash", "totp_code");
    assertFields(stranger().post("/api/login/key", factor("totp_code", "12345")), "totp_code");
    assertEquals("400 malformed_json", stranger().post("/api/login/key", "[]").code());
    assertEquals("400 malformed_json", stranger().post("/api/login/params", "").code());
    assertFields(
        stranger()
            .post(
                "/api/login/key",
                "{\"username\":\"a\",\"password_hash\":\"x\",\"login_ticket\":\"t\"}"),
        "totp_code");
  }

  // Recovery codes and the second factor.

  @Test
  void login_byRecoveryCode_letsInOnlyToReset() {
    TestApi device = stranger();
    String typed = recoveryCodes.get(3).toUpperCase(java.util.Locale.ROOT).replace("-", " ");
    Answer signedIn = logIn(device, "recovery_code", typed);
    assertEquals("true", signedIn.get("user.requires_2fa_reset"), signedIn.response().body());
    assertEquals(
        "401 invalid_credentials", logIn(stranger(), "recovery_code", recoveryCodes.get(3)).code());

    List<String> refusals = new ArrayList<>();
    for (String get : List.of("/api/sessions", "/api/me/export", "/api/users/bob", "/api/blocks")) {
      refusals.add(device.call(alice, "GET", get, null, scheme).code());
    }
    refusals.add(device.call(alice, "DELETE", "/api/sessions/x", null, scheme).code());
    for (String path :
        List.of(
            "/api/password",
            "/api/me/encryption-key",
            "/api/me/delete",
            "/api/users/bob/block",
            "/api/users/bob/unblock")) {
      refusals.add(device.call(alice, "POST", path, "{}", scheme).code());
    }
    assertEquals(Set.of("403 second_factor_reset_required"), Set.copyOf(refusals));

    assertEquals(
        "true", device.call(alice, "POST", "/api/me", "{}", scheme).get("requires_2fa_reset"));
    Answer begun =
        device.call(alice, "POST", "/api/2fa/reset", password("password_hash", ""), scheme);
    assertEquals(Set.of("message", "qr_code", "secret", "provisioning_uri"), begun.body().keySet());
    String old = device.cookie().orElseThrow();
    Answer wrong =
        device.call(
            alice,
            "POST",
            "/api/2fa/reset/verify",
            TestAccount.codeData(alice.wrongCode(begun.get("secret"))),
            scheme);
    assertEquals("401 invalid_totp", wrong.code());
    Answer confirmed =
        device.call(
            alice,
            "POST",
            "/api/2fa/reset/verify",
            TestAccount.codeData(alice.code(begun.get("secret"), 0)),
            scheme);
    assertEquals(200, confirmed.status(), confirmed.response().body());
    assertEquals("false", confirmed.get("user.requires_2fa_reset"));
    assertNotEquals(old, device.cookie().orElseThrow());
    assertEquals(200, device.call(alice, "GET", "/api/sessions", null, scheme).status());

    TestApi thief = stranger();
    thief.useCookie(old);
    assertEquals(
        "401 not_authenticated", thief.call(alice, "POST", "/api/me", "{}", scheme).code());
    assertEquals("401 invalid_credentials", logIn(stranger(), "totp_code", freshCode()).code());
    assertEquals(
        "401 invalid_credentials", logIn(stranger(), "recovery_code", recoveryCodes.get(4)).code());
    assertEquals(
        200, logIn(stranger(), "totp_code", freshCode(alice, begun.get("secret"))).status());
    assertEquals(200, logIn(stranger(), "recovery_code", codesOf(confirmed).get(0)).status());
  }

  @Test
  void login_byATicketThatARecoveryCodeBought_countsAsByOne() {
    String ticket =
        stranger()
            .post("/api/login/key", factor("recovery_code", recoveryCodes.get(0)))
            .get("login_ticket");

    assertEquals("true", logIn(stranger(), "login_ticket", ticket).get("user.requires_2fa_reset"));
    assertEquals(
        "401 invalid_credentials",
        stranger().post("/api/login/key", factor("recovery_code", recoveryCodes.get(0))).code());
  }

  private String password(String name, String more) {
    return "{\"%s\":\"%s\"%s}".formatted(name, alice.user().passwordHash(), more);
  }

  private static String code(String digits) {
    return ",\"totp_code\":\"" + digits + "\"";
  }

  @Test
  void reset_inAFullSession_wantsTheOldCodeAndHoldsItUntilConfirmed() {
    assertFields(post("/api/2fa/reset", "{}"), "password_hash", "totp_code");
    assertEquals(
        "401 invalid_credentials",
        post("/api/2fa/reset", password("password_hash", code(alice.wrongCode(secret)))).code());
    assertEquals(
        "400 no_pending_reset",
        post("/api/2fa/reset/verify", TestAccount.codeData("123456")).code());

    Answer begun = post("/api/2fa/reset", password("password_hash", code(freshCode())));
    assertEquals(200, begun.status(), begun.response().body());
    assertEquals(200, logIn(stranger(), "totp_code", freshCode()).status());
    Answer confirmed =
        post("/api/2fa/reset/verify", TestAccount.codeData(alice.code(begun.get("secret"), 0)));

    assertEquals(200, confirmed.status(), confirmed.response().body());
    assertFalse(recoveryCodes.contains(confirmed.get("recovery_codes.0")));
    assertEquals("401 invalid_credentials", logIn(stranger(), "totp_code", freshCode()).code());
  }

  // Passwords.

  private String passwordChange(String current, String digits) {
    return """
    {"current_password_hash":"%s","totp_code":"%s","password_hash":"%s",\
    "encrypted_private_key":"%s","encryption_iv":"%s",\
    "kdf":{"algorithm":"argon2id","memory_kib":65536,"iterations":3,"parallelism":1}}\
    """
        .formatted(current, digits, NEW_HASH, Base64Text.encode(new byte[48]), "0f".repeat(12));
  }

  @Test
  void password_changed_endsOtherSessionsAndTickets() {
    TestApi other = stranger();
    assertEquals(200, logIn(other, "totp_code", freshCode()).status());
    String ticket =
        stranger().post("/api/login/key", factor("totp_code", freshCode())).get("login_ticket");
    String right = freshCode();
    assertEquals(
        "401 invalid_credentials", post("/api/password", passwordChange("wrong", right)).code());

    Answer changed = post("/api/password", passwordChange(alice.user().passwordHash(), right));

    assertEquals(200, changed.status(), changed.response().body());
    assertEquals(Set.of("message"), changed.body().keySet());
    assertEquals(
        "401 not_authenticated", other.call(alice, "POST", "/api/me", "{}", scheme).code());
    Answer me = post("/api/me", "{}");
    assertEquals("65536", me.get("kdf.memory_kib"));
    assertEquals("0f".repeat(12), me.get("encryption_iv"));
    assertEquals("401 invalid_credentials", logIn(stranger(), "login_ticket", ticket).code());
    assertEquals("401 invalid_credentials", logIn(stranger(), "totp_code", freshCode()).code());
    String withNew =
        "{\"username\":\"alice\",\"password_hash\":\"%s\",\"totp_code\":\"%s\"}"
            .formatted(NEW_HASH, freshCode());
    assertEquals(200, stranger().call(alice, "POST", "/api/login", withNew, scheme).status());
  }

  @Test
  void password_badData_namesTheFields() {
    assertFields(
        post("/api/password", "{\"password_hash\":\"short\",\"kdf\":{}}"),
        "current_password_hash",
        "totp_code",
        "password_hash",
        "encrypted_private_key",
        "encryption_iv",
        "kdf");
  }

  // Sessions.

  @Test
  void sessions_areListedAndEnded() {
    TestApi other = stranger();
    assertEquals(200, logIn(other, "totp_code", freshCode()).status());
    Answer listed = call("GET", "/api/sessions", null);
    assertEquals("true", listed.get("sessions.0.current"));
    assertEquals("false", listed.get("sessions.1.current"));
    assertEquals("2026-01-19T12:00:00.000Z".length(), listed.get("sessions.0.created_at").length());
    assertTrue(listed.get("sessions.0.user_agent").startsWith("Java-http-client"));
    assertFalse(listed.response().body().contains(api.cookie().orElseThrow()));

    String theOther = "/api/sessions/" + listed.get("sessions.1.id");
    assertEquals(200, call("DELETE", theOther, null).status());
    assertEquals(
        "401 not_authenticated", other.call(alice, "POST", "/api/me", "{}", scheme).code());
    Answer gone = call("DELETE", theOther, null);
    TestApi bobs = stranger();
    bob.register(bobs);
    String own =
        "/api/sessions/"
            + bobs.call(bob, "GET", "/api/sessions", null, scheme).get("sessions.0.id");
    assertEquals("404 not_found", gone.code());
    assertEquals(comparable(gone), comparable(call("DELETE", own, null)));
    assertEquals(comparable(gone), comparable(api.get("/api/nothing/here")));

    Answer ended = call("DELETE", "/api/sessions/" + listed.get("sessions.0.id"), null);
    assertEquals(200, ended.status());
    assertEquals(Optional.empty(), api.cookie());
  }

  // Keys, users, blocks.

  private String encryptionKey(byte filling) {
    byte[] bytes = new byte[EncryptionKey.LENGTH];
    java.util.Arrays.fill(bytes, filling);
    EncryptionKey unsigned = EncryptionKey.of(bytes, Signature.copyOf(new byte[64]));
    byte[] signature = alice.user().sign(unsigned.signedText()).toByteArray();
    return "{\"encryption_key\":\"%s\",\"encryption_key_signature\":\"%s\"}"
        .formatted(Base64Text.encode(bytes), HexFormat.of().formatHex(signature));
  }

  @Test
  void encryptionKey_isPublishedOnce() {
    assertFields(
        post("/api/me/encryption-key", "{}"), "encryption_key", "encryption_key_signature");
    String good = encryptionKey((byte) 1);
    int digit = good.indexOf("signature\":\"") + "signature\":\"".length();
    String forged =
        good.substring(0, digit)
            + (good.charAt(digit) == '0' ? '1' : '0')
            + good.substring(digit + 1);
    assertFields(post("/api/me/encryption-key", forged), "encryption_key_signature");

    Answer published = post("/api/me/encryption-key", encryptionKey((byte) 1));
    assertEquals(200, published.status(), published.response().body());
    assertEquals("Alice", published.get("username"));
    assertEquals(200, post("/api/me/encryption-key", encryptionKey((byte) 1)).status());
    assertEquals(
        "409 encryption_key_exists",
        post("/api/me/encryption-key", encryptionKey((byte) 2)).code());
    assertEquals(
        published.get("encryption_key"),
        call("GET", "/api/users/alice", null).get("encryption_key"));
  }

  @Test
  void users_areSeenByTheWholeNameOnly() {
    bob.register(stranger());

    Answer seen = call("GET", "/api/users/BOB", null);
    assertEquals(
        Set.of("id", "username", "public_key", "encryption_key", "encryption_key_signature"),
        seen.body().keySet());
    assertEquals(bob.user().identityKey().toPem(), seen.get("public_key"));
    Answer nobody = call("GET", "/api/users/bo", null);
    assertEquals("404 not_found", nobody.code());
    for (String impossible : List.of("bob%20", "%2e%2e", "b%C3%B6b", "x".repeat(200), "bob%00")) {
      Answer answer = call("GET", "/api/users/" + impossible, null);
      if (!impossible.endsWith("%00")) {
        assertEquals(comparable(nobody), comparable(answer), impossible);
      }
    }
  }

  @Test
  void blocks_comeAndGo() {
    TestApi bobs = stranger();
    bob.register(bobs);
    assertEquals("404 not_found", post("/api/users/nobody/block", "{}").code());
    assertEquals("404 not_found", post("/api/users/nobody/unblock", "{}").code());
    assertFields(post("/api/users/alice/block", "{}"), "username");

    assertEquals(200, post("/api/users/bob/block", "{}").status());
    assertEquals(200, post("/api/users/Bob/block", "{}").status());
    Answer listed = call("GET", "/api/blocks", null);
    assertEquals("bob", listed.get("blocks.0.username"));
    assertFalse(listed.body().containsKey("blocks.1.username"));
    assertEquals(
        "{\"blocks\":[]}", bobs.call(bob, "GET", "/api/blocks", null, scheme).response().body());

    assertEquals(200, post("/api/users/bob/unblock", "{}").status());
    assertEquals(200, post("/api/users/bob/unblock", "{}").status());
    assertEquals("{\"blocks\":[]}", call("GET", "/api/blocks", null).response().body());
  }

  // Everything, and nothing.

  @Test
  void export_holdsWhatIsHeldAndNoSecret() {
    bob.register(stranger());
    post("/api/users/bob/block", "{}");

    Answer export = call("GET", "/api/me/export", null);

    assertEquals(200, export.status());
    assertEquals("alice@example.org", export.get("user.email").toLowerCase(java.util.Locale.ROOT));
    assertEquals("true", export.get("sessions.0.current"));
    assertEquals("bob", export.get("blocks.0.username"));
    assertEquals("10", export.get("credentials.recovery_codes_left"));
    assertFalse(export.response().body().contains(secret));
    assertFalse(export.response().body().contains("argon2id$"));
  }

  @Test
  void delete_freesTheNameAndLetsNobodyIn() {
    TestApi other = stranger();
    assertEquals(200, logIn(other, "totp_code", freshCode()).status());
    String id = post("/api/me", "{}").get("id");
    assertFields(post("/api/me/delete", "{}"), "password_hash", "totp_code");
    assertEquals(
        "401 invalid_credentials",
        post("/api/me/delete", password("password_hash", code(alice.wrongCode(secret)))).code());

    Answer deleted = post("/api/me/delete", password("password_hash", code(freshCode())));

    assertEquals(200, deleted.status(), deleted.response().body());
    assertEquals(Optional.empty(), api.cookie());
    assertEquals(
        "401 not_authenticated", other.call(alice, "POST", "/api/me", "{}", scheme).code());
    assertEquals("401 invalid_credentials", logIn(stranger(), "totp_code", freshCode()).code());
    TestApi bobs = stranger();
    bob.register(bobs);
    assertEquals("404 not_found", bobs.call(bob, "GET", "/api/users/alice", null, scheme).code());

    clock.advance(Duration.ofSeconds(30));
    alice.register(other);
    assertNotEquals(id, other.call(alice, "POST", "/api/me", "{}", scheme).get("id"));
  }

  // The order of refusals where a request must name its place.

  @Test
  void boundRequest_refusals_comeInTheContractsOrder() {
    assertEquals("400 signature_required", api.get("/api/sessions").code());
    TestApi anonymous = stranger();
    assertEquals(
        "401 not_authenticated",
        anonymous.call(alice, "GET", "/api/sessions", null, scheme).code());
    assertEquals(
        "401 invalid_signature", api.call(bob, "GET", "/api/sessions", null, scheme).code());
    if (scheme == SignatureScheme.ENVELOPE) {
      assertEquals(
          "401 context_required", api.post("/api/users/bob/block", alice.sign("{}")).code());
      assertEquals(
          "401 invalid_signature",
          api.post(
                  "/api/users/bob/block",
                  alice.sign(TestAccount.bound("POST", "/api/users/bob/unblock", "{}")))
              .code());
      String once = alice.sign(TestAccount.bound("POST", "/api/users/bob/block", "{}"));
      bob.register(stranger());
      assertEquals(200, api.post("/api/users/bob/block", once).status());
      assertEquals("401 replayed_request", api.post("/api/users/bob/block", once).code());
    }
    clock.advance(Duration.ofSeconds(1));
    Answer first = call("GET", "/api/blocks", null);
    assertEquals(200, first.status());
  }
}
