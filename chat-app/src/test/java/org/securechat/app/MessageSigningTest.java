package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.request.RequestLine;
import org.securechat.http.signature.SignatureScheme;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;

/** HTTP Message Signatures through the real server: every row of the order of checks again. */
class MessageSigningTest {
  private static final String ME = "/api/me";
  private static final String NOON = Long.toString(TestClock.NOON.getEpochSecond());

  @TempDir Path folder;
  private final TestClock clock = TestClock.atNoon();
  private final TestAccount alice = new TestAccount(TestUser.named("alice"), clock);
  private TestServer server;
  private TestApi api;
  private String secret;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, clock);
    api = new TestApi(server.url());
    secret = alice.register(api);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void restart(Map<String, String> settings) {
    server.close();
    server = TestServer.start(folder, clock, settings);
    api.at(server.url());
  }

  private Map<String, String> signed(String path, String body) {
    return alice.signMessage("POST", path, body);
  }

  @ParameterizedTest
  @EnumSource(SignatureScheme.class)
  void account_fromRegistrationToLogout_worksByEachScheme(SignatureScheme scheme) {
    TestAccount bob = new TestAccount(TestUser.named("bob"), clock);
    TestApi bobs = new TestApi(server.url());
    String bobsSecret =
        bobs.post("/api/register", bob, TestAccount.json(bob.registration()), scheme).get("secret");

    assertEquals(
        201,
        bobs.post(
                "/api/register/verify-2fa",
                bob,
                TestAccount.codeData(bob.code(bobsSecret, 0)),
                scheme)
            .status());
    assertEquals("bob", bobs.post(ME, bob, "{}", scheme).get("username"));
    assertEquals(200, bobs.post("/api/logout", bob, "{}", scheme).status());
    assertEquals(
        200, bobs.post("/api/login", bob, bob.loginData(bob.code(bobsSecret, 1)), scheme).status());
    assertEquals("bob", bobs.post(ME, bob, "{}", scheme).get("username"));
  }

  @Test
  void query_exactlyAsSent_isCovered() {
    String path = "/api/me?x=%7B1&y";

    assertEquals(200, api.post(path, "{}", signed(path, "{}")).status());
    assertEquals("401 invalid_signature", api.post(ME, "{}", signed(path, "{}")).code());
    assertEquals("401 invalid_signature", api.post(path, "{}", signed(ME, "{}")).code());
  }

  @Test
  void body_changedAfterItsHead_isInvalid() {
    assertEquals(200, api.post(ME, "{\"a\":1}", signed(ME, "{\"a\":1}")).status());
    assertEquals(
        "401 invalid_signature", api.post(ME, "{\"a\":2}", signed(ME, "{\"a\":1}")).code());
    assertEquals("401 invalid_signature", api.post(ME, "{} ", signed(ME, "{}")).code());
  }

  @Test
  void signature_forAnotherPlaceOrMethod_isInvalid() {
    assertEquals("401 invalid_signature", api.post("/api/logout", "{}", signed(ME, "{}")).code());
    assertEquals(
        "401 invalid_signature", api.post(ME, "{}", alice.signMessage("DELETE", ME, "{}")).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"a\":1,\"a\":1}", "{} x", "\ufeff{}", "\"x\""})
  void body_notStrictJson_comesBeforeTheSignature(String body) {
    Map<String, String> fields = Map.of("Signature-Input", "nonsense");

    assertEquals("400 malformed_json", api.post(ME, body, fields).code());
  }

  @Test
  void created_outOfTheWindow_tellsTheServersTime() {
    api.useCookie(null);
    for (long seconds : new long[] {-301, 31}) {
      TestApi.Answer answer =
          api.post(
              ME,
              "{}",
              alice
                  .user()
                  .signMessage(
                      new RequestLine("POST", ME), "{}", clock.instant().plusSeconds(seconds)));

      assertEquals("401 timestamp_out_of_range", answer.code());
      assertEquals("Invalid or expired timestamp", answer.get("error"));
      assertEquals(NOON, answer.get("server_time"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "sig1=()", "sig1=();created=x", "sig1=();created=1.5", ""})
  void input_withoutATime_isJudgedAfterTheSession(String input) {
    Map<String, String> fields = Map.of("Signature-Input", input);

    assertEquals("401 invalid_signature", api.post(ME, "{}", fields).code());
    assertEquals("Invalid signature", api.post(ME, "{}", fields).get("error"));
    api.useCookie(null);
    assertEquals("401 not_authenticated", api.post(ME, "{}", fields).code());
    assertEquals(
        "400 no_pending_registration",
        api.post("/api/register/verify-2fa", TestAccount.codeData("123456"), fields).code());
    TestApi.Answer withoutKey = api.post("/api/register", "{}", fields);
    assertEquals("400 invalid_request", withoutKey.code());
    assertTrue(withoutKey.body().containsKey("fields.public_key"));
    assertEquals(
        "401 invalid_signature",
        api.post("/api/register", TestAccount.json(alice.registration()), fields).code());
    assertEquals("400 invalid_request", api.post("/api/login", "{}", fields).code());
    assertEquals(
        "401 invalid_credentials",
        api.post("/api/login", alice.loginData("123456"), fields).code());
  }

  @Test
  void session_none_isNotAuthenticated() {
    api.useCookie(null);

    assertEquals("401 not_authenticated", api.post(ME, "{}", signed(ME, "{}")).code());
  }

  @Test
  void login_byAnothersSignatureOrKeyId_isInvalidCredentials() {
    TestAccount mallory = new TestAccount(TestUser.named("mallory"), clock);
    String data = alice.loginData(alice.code(secret, 1));

    assertEquals(
        "401 invalid_credentials",
        api.post("/api/login", data, mallory.signMessage("POST", "/api/login", data)).code());
    assertEquals(200, api.post("/api/login", data, signed("/api/login", data)).status());
  }

  @Test
  void fieldsInSeveralLines_areInvalid() {
    Map<String, String> fields = signed(ME, "{}");
    for (String twice : new String[] {"Signature-Input", "Signature"}) {
      HttpRequest.Builder request =
          api.request(ME)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{}"));
      fields.forEach(request::header);
      request.header(twice, fields.getOrDefault(twice, ""));

      assertEquals("401 invalid_signature", api.send(request).code());
    }
  }

  @Test
  void keyId_ofAnother_isInvalid() {
    TestUser mallory = TestUser.named("mallory");
    String parameters =
        "(\"@method\" \"@path\" \"content-digest\")" + mallory.messageParameters(clock.instant());
    String digest = TestUser.contentDigest("{}");
    String base =
        "\"@method\": POST\n\"@path\": /api/me\n\"content-digest\": %s\n\"@signature-params\": %s"
            .formatted(digest, parameters);

    assertEquals(
        "401 invalid_signature",
        api.post(
                ME,
                "{}",
                Map.of(
                    "Signature-Input",
                    "sig1=" + parameters,
                    "Signature",
                    alice.user().signatureField(base),
                    "Content-Digest",
                    digest))
            .code());
  }

  @Test
  void contextRequiredEverywhere_isSatisfiedByConstruction() {
    restart(Map.of("SIGNATURE_REQUIRE_CONTEXT", "true"));

    assertEquals("401 context_required", api.post(ME, alice.sign("{}")).code());
    assertEquals(200, api.post(ME, "{}", signed(ME, "{}")).status());
  }

  @Test
  void changingRequest_again_isReplayedAlsoAfterARestart() {
    Map<String, String> fields = signed("/api/logout", "{}");
    String cookie = api.cookie().orElseThrow();
    assertEquals(200, api.post("/api/logout", "{}", fields).status());

    String data = alice.loginData(alice.code(secret, 1));
    Map<String, String> login = signed("/api/login", data);
    assertEquals(200, api.post("/api/login", data, login).status());
    assertEquals("401 replayed_request", api.post("/api/login", data, login).code());
    assertEquals("401 replayed_request", api.post("/api/logout", "{}", fields).code());
    restart(Map.of());
    assertEquals("401 replayed_request", api.post("/api/logout", "{}", fields).code());
    api.useCookie(cookie);
    assertEquals("401 not_authenticated", api.post("/api/logout", "{}", fields).code());
  }

  @Test
  void reading_again_isFine() {
    Map<String, String> fields = signed(ME, "{}");

    assertEquals(200, api.post(ME, "{}", fields).status());
    assertEquals(200, api.post(ME, "{}", fields).status());
  }

  @Test
  void refusedRequest_again_isNotReplayed() {
    String data = alice.loginData(alice.wrongCode(secret));
    Map<String, String> fields = signed("/api/login", data);

    assertEquals("401 invalid_credentials", api.post("/api/login", data, fields).code());
    assertEquals("401 invalid_credentials", api.post("/api/login", data, fields).code());
  }

  @Test
  void envelopeBesideAMessageSignature_isNotLookedAt() {
    assertEquals(
        "401 invalid_signature",
        api.post(ME, alice.sign("{}"), Map.of("Signature-Input", "sig1=();alg=\"ed25519\""))
            .code());
    Map<String, String> fields = signed(ME, "{}");
    fields.put("X-Signature-Data", "no JSON");
    assertEquals(200, api.post(ME, "{}", fields).status());
  }

  @Test
  void messageWithoutItsInput_isReadAsAnEnvelope() {
    Map<String, String> fields = signed(ME, "{}");
    fields.remove("Signature-Input");

    assertEquals("400 signature_required", api.post(ME, "{}", fields).code());
  }

  @ParameterizedTest
  @CsvSource({"envelope, RFC9421, ENVELOPE", "rfc9421, ENVELOPE, RFC9421"})
  void scheme_switchedOff_doesNotVerify(String on, SignatureScheme off, SignatureScheme still) {
    restart(Map.of("SIGNATURE_SCHEMES", on));

    TestApi.Answer answer = api.post(ME, alice, "{}", off);
    assertEquals("401 invalid_signature", answer.code());
    assertEquals("Invalid signature", answer.get("error"));
    String login = alice.loginData(alice.code(secret, 1));
    assertEquals("401 invalid_credentials", api.post("/api/login", alice, login, off).code());
    TestAccount bob = new TestAccount(TestUser.named("bob"), clock);
    assertEquals(
        "401 invalid_signature",
        new TestApi(server.url())
            .post("/api/register", bob, TestAccount.json(bob.registration()), off)
            .code());
    assertEquals(200, api.post(ME, alice, "{}", still).status());
    assertEquals(200, api.post("/api/login", alice, login, still).status());
  }

  @Test
  void preflight_namesTheFieldsOfBothSchemes() {
    restart(Map.of("CORS_ORIGINS", "https://chat.example.org"));
    String allowed =
        api.send(
                api.request(ME)
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                    .header("Origin", "https://chat.example.org")
                    .header("Access-Control-Request-Method", "POST"))
            .header("Access-Control-Allow-Headers")
            .orElseThrow();

    assertEquals(
        "Content-Type, Content-Digest, Signature, Signature-Input, X-Signature-Data", allowed);
  }
}
