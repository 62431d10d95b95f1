package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Signature;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;

/** The five original endpoints through the real server, over HTTP, on each database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class AccountFlowTest {
  @Parameter TestDatabase kind;
  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private final TestAccount alice = new TestAccount(TestUser.named("Alice"), clock);
  private Map<String, String> database;
  private TestServer server;
  private TestApi api;

  @BeforeEach
  void start() {
    database = kind.create(folder);
    server = TestServer.start(folder, clock, database);
    api = new TestApi(server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Optional<String> setCookie(TestApi.Answer answer) {
    return answer.header("Set-Cookie");
  }

  @Test
  void register_allInForm_givesWhatTheContractSays() throws IOException {
    TestApi.Answer answer = api.post("/api/register", alice.signedRegistration());

    assertEquals(200, answer.status());
    assertEquals(
        Set.of("message", "qr_code", "secret", "provisioning_uri"), answer.body().keySet());
    assertTrue(answer.get("secret").matches("[A-Z2-7]{32}"));
    assertTrue(answer.get("provisioning_uri").startsWith("otpauth://totp/"));
    assertTrue(answer.get("provisioning_uri").contains(answer.get("secret")));
    String png = answer.get("qr_code");
    assertTrue(png.startsWith("data:image/png;base64,"));
    byte[] image = Base64.getDecoder().decode(png.substring(png.indexOf(',') + 1));
    assertTrue(ImageIO.read(new ByteArrayInputStream(image)).getWidth() >= 200);
    String cookie = setCookie(answer).orElseThrow();
    assertTrue(
        cookie.matches(
            "secure_chat_session=[A-Za-z0-9_-]{43}; Max-Age=900; Path=/; HttpOnly; SameSite=Lax"),
        cookie);
  }

  @Test
  void verify_rightCode_signsInWithANewCookie() {
    String secret = api.post("/api/register", alice.signedRegistration()).get("secret");
    String pending = api.cookie().orElseThrow();

    TestApi.Answer answer =
        api.post("/api/register/verify-2fa", alice.signedCode(alice.code(secret, 0)));

    assertEquals(201, answer.status());
    List<String> codes =
        IntStream.range(0, 10).mapToObj(i -> answer.get("recovery_codes." + i)).toList();
    assertEquals(10, new HashSet<>(codes).size());
    assertTrue(codes.stream().allMatch(code -> code.matches("[0-9a-z]{4}(-[0-9a-z]{4}){3}")));
    assertEquals("Alice", answer.get("user.username"));
    assertNotEquals(pending, api.cookie().orElseThrow());
    assertEquals(200, api.post("/api/me", alice.sign("{}")).status());
    api.useCookie(pending);
    assertEquals("401 not_authenticated", api.post("/api/me", alice.sign("{}")).code());
  }

  @Test
  void me_afterRegistration_isWhatWasSent() {
    alice.register(api);

    TestApi.Answer me = api.post("/api/me", alice.sign("{}"));

    assertEquals(200, me.status());
    assertTrue(Long.parseLong(me.get("id")) > 0);
    assertEquals("2026-01-19T12:00:00.000Z", me.get("created_at"));
    assertEquals("Alice", me.get("username"));
    assertEquals("Alice@example.org", me.get("email"));
    assertEquals(alice.user().identityKey().toPem(), me.get("public_key"));
    assertEquals(
        alice.registration().get("encrypted_private_key"),
        TestAccount.quote(me.get("encrypted_private_key")));
    assertEquals(alice.user().profile().encryptionIv().hex(), me.get("encryption_iv"));
    assertEquals("argon2id", me.get("kdf.algorithm"));
    assertEquals("16384", me.get("kdf.memory_kib"));
    assertEquals("2", me.get("kdf.iterations"));
    assertEquals("1", me.get("kdf.parallelism"));
    assertEquals("null", me.get("encryption_key"));
    assertEquals("null", me.get("encryption_key_signature"));
    assertEquals("false", me.get("requires_2fa_reset"));
    assertEquals(14, me.body().size());
  }

  @Test
  void register_withEncryptionKeyAndKdf_keepsThem() {
    EncryptionKey unsigned =
        EncryptionKey.of(new byte[EncryptionKey.LENGTH], Signature.copyOf(new byte[64]));
    Signature signature = alice.user().sign(unsigned.signedText());
    Map<String, String> data = alice.registration();
    data.put("encryption_key", TestAccount.quote(Base64Text.encode(unsigned.toByteArray())));
    data.put("encryption_key_signature", TestAccount.quote(signature.toHex()));
    data.put(
        "kdf",
        "{\"algorithm\":\"argon2id\",\"memory_kib\":65536,\"iterations\":3,\"parallelism\":1}");
    String secret = api.post("/api/register", alice.sign(TestAccount.json(data))).get("secret");
    api.post("/api/register/verify-2fa", alice.signedCode(alice.code(secret, 0)));

    TestApi.Answer me = api.post("/api/me", alice.sign("{}"));

    assertEquals(Base64Text.encode(unsigned.toByteArray()), me.get("encryption_key"));
    assertEquals(signature.toHex(), me.get("encryption_key_signature"));
    assertEquals("65536", me.get("kdf.memory_kib"));
  }

  @Test
  void register_everythingBad_namesEveryField() {
    Map<String, String> data = alice.registration();
    data.put("email", "\"nobody\"");
    data.put("username", "\"a b\"");
    data.put("password_hash", "7");
    data.put("encrypted_private_key", "\"AA==\"");
    data.remove("encryption_iv");
    data.put(
        "kdf", "{\"algorithm\":\"argon2id\",\"memory_kib\":1,\"iterations\":1,\"parallelism\":1}");
    data.put("encryption_key", "\"AA==\"");

    TestApi.Answer answer = api.post("/api/register", alice.sign(TestAccount.json(data)));

    assertEquals("400 invalid_request", answer.code());
    assertEquals(
        Set.of(
            "fields.email",
            "fields.username",
            "fields.password_hash",
            "fields.encrypted_private_key",
            "fields.encryption_iv",
            "fields.kdf",
            "fields.encryption_key"),
        new HashSet<>(
            answer.body().keySet().stream().filter(key -> key.startsWith("fields.")).toList()));
  }

  @Test
  void register_badKey_isToldBeforeTheSignature() {
    Map<String, String> data = alice.registration();
    data.put("public_key", "\"no key\"");

    TestApi.Answer answer = api.post("/api/register", alice.sign(TestAccount.json(data)));

    assertEquals("400 invalid_request", answer.code());
    assertTrue(answer.body().containsKey("fields.public_key"));
  }

  @Test
  void register_takenNameOrAddress_isAConflict() {
    alice.register(api);
    TestAccount sameName = new TestAccount(TestUser.named("aLICE"), clock);
    TestAccount bob = new TestAccount(TestUser.named("bob"), clock);
    Map<String, String> sameAddress = bob.registration();
    sameAddress.put("email", "\"ALICE@example.org\"");

    assertEquals(
        "409 username_taken", api.post("/api/register", sameName.signedRegistration()).code());
    assertEquals(
        "409 email_taken",
        api.post("/api/register", bob.sign(TestAccount.json(sameAddress))).code());
  }

  @Test
  void verify_fifthWrongCode_endsTheRegistration() {
    String secret = api.post("/api/register", alice.signedRegistration()).get("secret");
    String wrong = alice.wrongCode(secret);
    for (int i = 0; i < 5; i++) {
      assertEquals(
          "401 invalid_totp", api.post("/api/register/verify-2fa", alice.signedCode(wrong)).code());
    }

    assertEquals(
        "400 no_pending_registration",
        api.post("/api/register/verify-2fa", alice.signedCode(alice.code(secret, 0))).code());
  }

  @Test
  void verify_noCode_isABadField() {
    api.post("/api/register", alice.signedRegistration());

    TestApi.Answer answer = api.post("/api/register/verify-2fa", alice.sign("{}"));

    assertEquals("400 invalid_request", answer.code());
    assertTrue(answer.body().containsKey("fields.totp_code"));
  }

  @Test
  void logIn_byNameOrAddress_signsIn() {
    String secret = alice.register(api);
    api.useCookie(null);

    TestApi.Answer byName = api.post("/api/login", alice.signedLogin(alice.code(secret, 1)));
    clock.advance(Duration.ofMinutes(1));
    TestApi.Answer byAddress =
        api.post(
            "/api/login",
            alice.sign(
                "{\"email\":\"alice@EXAMPLE.org\",\"password_hash\":\"%s\",\"totp_code\":\"%s\"}"
                    .formatted(alice.user().passwordHash(), alice.code(secret, 0))));

    assertEquals(200, byName.status());
    assertEquals("Alice", byName.get("user.username"));
    assertEquals(200, byAddress.status());
    assertTrue(setCookie(byAddress).orElseThrow().contains("Max-Age=2592000"));
  }

  @Test
  void logIn_sameRequestAgain_isReplayed() {
    String secret = alice.register(api);
    String login = alice.signedLogin(alice.code(secret, 1));
    api.post("/api/login", login);

    assertEquals("401 replayed_request", api.post("/api/login", login).code());
  }

  @Test
  void logIn_anythingWrong_isOneAnswer() {
    String secret = alice.register(api);
    TestAccount nobody = new TestAccount(TestUser.named("nobody"), clock);
    TestAccount mallory = new TestAccount(TestUser.named("Alice"), clock);
    String wrongPassword =
        alice.sign(
            "{\"username\":\"Alice\",\"password_hash\":\"anything\",\"totp_code\":\"%s\"}"
                .formatted(alice.code(secret, 1)));

    Set<String> answers = new HashSet<>();
    for (String request :
        List.of(
            nobody.signedLogin(alice.code(secret, 1)),
            mallory.signedLogin(alice.code(secret, 1)),
            wrongPassword,
            alice.signedLogin(alice.wrongCode(secret)))) {
      TestApi.Answer answer = api.post("/api/login", request);
      answers.add(answer.status() + " " + answer.response().body());
    }

    assertEquals(
        Set.of(
            "401 {\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                + "\"code\":\"invalid_credentials\",\"error\":\"Invalid credentials\"}"),
        answers);
  }

  @Test
  void logIn_outOfForm_namesTheFields() {
    TestApi.Answer both =
        api.post(
            "/api/login",
            alice.sign("{\"username\":\"Alice\",\"email\":\"a@b\",\"totp_code\":123456}"));

    assertEquals("400 invalid_request", both.code());
    assertTrue(
        both.body()
            .keySet()
            .containsAll(Set.of("fields.email", "fields.password_hash", "fields.totp_code")));
  }

  @Test
  void logIn_fifthFailure_isLimitedWithRetryAfter() {
    String secret = alice.register(api);
    for (int i = 0; i < 5; i++) {
      assertEquals(
          "401 invalid_credentials",
          api.post("/api/login", alice.signedLogin(alice.wrongCode(secret))).code());
      clock.advance(Duration.ofSeconds(1));
    }

    TestApi.Answer limited = api.post("/api/login", alice.signedLogin(alice.code(secret, 1)));

    assertEquals("429 rate_limited", limited.code());
    assertEquals(Optional.of("899"), limited.header("Retry-After"));
  }

  @Test
  void logOut_openSession_isGone() {
    alice.register(api);
    String cookie = api.cookie().orElseThrow();

    TestApi.Answer answer = api.post("/api/logout", alice.sign("{}"));

    assertEquals(200, answer.status());
    assertEquals(Set.of("message"), answer.body().keySet());
    assertFalse(api.cookie().isPresent());
    api.useCookie(cookie);
    assertEquals("401 not_authenticated", api.post("/api/me", alice.sign("{}")).code());
  }

  @Test
  void restart_afterRegistration_keepsAccountSessionAndReplays() {
    String registration = alice.signedRegistration();
    String secret = api.post("/api/register", registration).get("secret");
    api.post("/api/register/verify-2fa", alice.signedCode(alice.code(secret, 0)));

    server.close();
    server = TestServer.start(folder, clock, database);
    TestApi again = new TestApi(server.url());
    again.useCookie(api.cookie().orElseThrow());

    assertEquals("Alice", again.post("/api/me", alice.sign("{}")).get("username"));
    assertEquals("401 replayed_request", again.post("/api/register", registration).code());
  }

  @Test
  void restart_afterFailures_keepsTheCount() {
    String secret = alice.register(api);
    for (int i = 0; i < 5; i++) {
      api.post("/api/login", alice.signedLogin(alice.wrongCode(secret)));
      clock.advance(Duration.ofSeconds(1));
    }

    server.close();
    server = TestServer.start(folder, clock, database);

    assertEquals(
        "429 rate_limited",
        new TestApi(server.url())
            .post("/api/login", alice.signedLogin(alice.code(secret, 1)))
            .code());
  }
}
