package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;

/** Every row of the order of checks, through the real server, on each database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RequestSigningTest {
  private static final String NOON = Long.toString(TestClock.NOON.getEpochSecond());

  @Parameter TestDatabase kind;
  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private final TestAccount alice = new TestAccount(TestUser.named("alice"), clock);
  private Map<String, String> database;
  private TestServer server;
  private TestApi api;

  @BeforeEach
  void start() {
    database = kind.create(folder);
    server = TestServer.start(folder, clock, database);
    api = new TestApi(server.url());
    alice.register(api);
  }

  /** The settings of the server's database and others. */
  private Map<String, String> with(String... namesAndValues) {
    Map<String, String> settings = new HashMap<>(database);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void assertAnswer(String code, String error, TestApi.Answer answer) {
    assertEquals(code, answer.code());
    assertEquals(error, answer.get("error"));
    assertEquals("application/problem+json", answer.header("Content-Type").orElseThrow());
  }

  private String context(String method, String path) {
    return "{\"_ctx\":{\"method\":\"%s\",\"path\":\"%s\",\"nonce\":\"0123456789abcdef\"}}"
        .formatted(method, path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400 signature_required | Signature is required",
        "{\"signature\":null,\"timestamp\":1,\"data\":{}} | 400 signature_required | Signature is"
            + " required",
        "{\"signature\":\"00\"} | 400 timestamp_required | Timestamp is required",
        "{\"signature\":\"00\",\"timestamp\":\"x\"} | 400 data_required | Data field is required",
        "{\"signature\":\"00\",\"timestamp\":\"x\",\"data\":[]} | 400 data_required | Data field is"
            + " required",
        "{\"signature\":\"00\",\"timestamp\":\"1\",\"data\":{}} | 400 invalid_timestamp | Invalid"
            + " timestamp format",
        "{\"signature\":\"00\",\"timestamp\":1.0,\"data\":{}} | 400 invalid_timestamp | Invalid"
            + " timestamp format",
        "{\"signature\":\"00\",\"timestamp\":1,\"data\":{}} | 401 timestamp_out_of_range | Invalid"
            + " or expired timestamp"
      })
  void envelope_incomplete_isToldInOrder(String body, String code, String error) {
    api.useCookie(null);

    assertAnswer(code, error, api.post("/api/me", body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"x\"",
        "{\"data\":{},\"signature\":\"00\",\"timestamp\":1,\"more\":1}",
        "{\"data\":{\"a\":1,\"a\":1},\"signature\":\"00\",\"timestamp\":1}",
        "{\"data\":{},\"data\":{},\"signature\":\"00\",\"timestamp\":1}",
        "{\"data\":{}} x",
        "\ufeff{}",
        "{\"data\":{\"a\":\"\\ud800\"},\"signature\":\"00\",\"timestamp\":1}"
      })
  void body_notOneEnvelope_isMalformed(String body) {
    assertEquals("400 malformed_json", api.post("/api/me", body).code());
  }

  @Test
  void timestamp_outOfTheWindow_tellsTheServersTime() {
    String late = alice.user().envelope("{}", clock.instant().minusSeconds(301));
    String early = alice.user().envelope("{}", clock.instant().plusSeconds(31));

    assertEquals(NOON, api.post("/api/me", late).get("server_time"));
    assertEquals("401 timestamp_out_of_range", api.post("/api/me", early).code());
    assertEquals(
        200,
        api.post("/api/me", alice.user().envelope("{}", clock.instant().minusSeconds(300)))
            .status());
    assertEquals(
        200,
        api.post("/api/me", alice.user().envelope("{}", clock.instant().plusSeconds(30))).status());
  }

  @Test
  void session_noneOrUnknown_isNotAuthenticated() {
    api.useCookie(null);
    assertAnswer(
        "401 not_authenticated", "Not authenticated", api.post("/api/me", alice.sign("{}")));
    api.useCookie("A".repeat(43));
    assertEquals("401 not_authenticated", api.post("/api/me", alice.sign("{}")).code());
    api.useCookie("nonsense");
    assertEquals("401 not_authenticated", api.post("/api/logout", alice.sign("{}")).code());
    assertAnswer(
        "400 no_pending_registration",
        "No pending registration",
        api.post("/api/register/verify-2fa", alice.signedCode("123456")));
  }

  @Test
  void signature_anotherKeysOrMalformed_isInvalid() {
    TestUser mallory = TestUser.named("mallory");

    assertAnswer(
        "401 invalid_signature",
        "Invalid signature",
        api.post("/api/me", mallory.envelope("{}", clock.instant())));
    assertEquals(
        "401 invalid_signature",
        api.post("/api/me", "{\"data\":{},\"signature\":\"00\",\"timestamp\":" + NOON + "}")
            .code());
    assertEquals(
        "401 invalid_signature",
        api.post("/api/me", "{\"data\":{},\"signature\":7,\"timestamp\":" + NOON + "}").code());
  }

  @Test
  void signature_ofOtherSpellings_coversTheReceivedCharacters() {
    String signature = alice.user().signEnvelope("{\"a\":\"\\u0041\"}", NOON);

    assertEquals(
        200,
        api.post(
                "/api/me",
                " {\n\"timestamp\" : %s ,\n\"signature\":\"%s\",\"data\" : { \"a\" : \"\\u0041\" } }"
                    .formatted(NOON, signature))
            .status());
    assertEquals(
        "401 invalid_signature",
        api.post(
                "/api/me",
                "{\"data\":{\"a\":\"A\"},\"signature\":\"%s\",\"timestamp\":%s}"
                    .formatted(signature, NOON))
            .code());
  }

  @Test
  void context_ofThisRequest_isAccepted() {
    assertEquals(200, api.post("/api/me", alice.sign(context("POST", "/api/me"))).status());
    assertEquals(
        200, api.post("/api/me?x=%7B1", alice.sign(context("POST", "/api/me?x=%7B1"))).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"_ctx\":{\"method\":\"POST\",\"path\":\"/api/logout\",\"nonce\":\"0123456789abcdef\"}}",
        "{\"_ctx\":{\"method\":\"GET\",\"path\":\"/api/me\",\"nonce\":\"0123456789abcdef\"}}",
        "{\"_ctx\":{\"method\":\"POST\",\"path\":\"/api/me?\",\"nonce\":\"0123456789abcdef\"}}",
        "{\"_ctx\":{\"method\":\"POST\",\"path\":\"/api/me\",\"nonce\":\"0123\"}}",
        "{\"_ctx\":{\"method\":\"POST\",\"path\":\"/api/me\"}}",
        "{\"_ctx\":[]}"
      })
  void context_ofAnotherRequestOrIncomplete_isInvalid(String data) {
    assertEquals("401 invalid_signature", api.post("/api/me", alice.sign(data)).code());
  }

  @Test
  void context_requiredEverywhere_isWantedByTheOriginalEndpointsToo() {
    server.close();
    server = TestServer.start(folder, clock, with("SIGNATURE_REQUIRE_CONTEXT", "true"));
    TestApi strict = new TestApi(server.url());
    strict.useCookie(api.cookie().orElseThrow());

    assertEquals("401 context_required", strict.post("/api/me", alice.sign("{}")).code());
    assertEquals(200, strict.post("/api/me", alice.sign(context("POST", "/api/me"))).status());
  }

  /** What was signed without a context in order to register is spent, wherever it is sent. */
  @Test
  void envelopeOfTheRegistration_sentToLogout_isReplayed() {
    TestAccount bob = new TestAccount(TestUser.named("bob"), clock);
    TestApi bobs = new TestApi(server.url());
    String registration = bob.signedRegistration();
    String secret = bobs.post("/api/register", registration).get("secret");
    bobs.post("/api/register/verify-2fa", bob.signedCode(bob.code(secret, 0)));

    assertEquals("401 replayed_request", bobs.post("/api/logout", registration).code());
  }

  @Test
  void me_repeated_isNoReplay() {
    String request = alice.sign("{}");

    assertEquals(200, api.post("/api/me", request).status());
    assertEquals(200, api.post("/api/me", request).status());
  }

  @Test
  void window_setByTheOperator_isHeld() {
    server.close();
    server =
        TestServer.start(folder, clock, with("SIGNATURE_MAX_AGE", "10", "SIGNATURE_MAX_SKEW", "0"));
    TestApi strict = new TestApi(server.url());
    strict.useCookie(api.cookie().orElseThrow());
    Instant now = clock.instant();

    assertEquals(
        200, strict.post("/api/me", alice.user().envelope("{}", now.minusSeconds(10))).status());
    assertEquals(
        "401 timestamp_out_of_range",
        strict.post("/api/me", alice.user().envelope("{}", now.minusSeconds(11))).code());
    assertTrue(
        strict
            .post("/api/me", alice.user().envelope("{}", now.plusSeconds(1)))
            .code()
            .startsWith("401"));
  }
}
