package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.testkit.TestClock;

/** What every answer looks like, and what is refused before anybody is asked. */
class HttpEdgeTest {
  private static final int MAX_BODY = 256 * 1024;
  private static final String LISTED = "http://localhost:3000";

  @TempDir static Path folder;
  private static TestServer server;
  private static TestApi api;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, TestClock.atNoon(), Map.of("CORS_ORIGINS", LISTED));
    api = new TestApi(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Sends bytes as they are; gives all that comes back until the server closes. */
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Sends bytes as they are; gives what comes back up to a text. */
  private static String rawUntil(String text, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      StringBuilder answer = new StringBuilder();
      int next;
      while (answer.indexOf(text) < 0 && (next = socket.getInputStream().read()) >= 0) {
        answer.append((char) next);
      }
      return answer.toString();
    }
  }

  private static void assertHardened(String answer) {
    String lower = answer.toLowerCase(Locale.ROOT);
    assertTrue(lower.contains("\r\nx-request-id: "), answer);
    assertTrue(lower.contains("\r\nx-content-type-options: nosniff\r\n"), answer);
    assertTrue(lower.contains("\r\nreferrer-policy: no-referrer\r\n"), answer);
    assertTrue(lower.contains("\r\ncache-control: no-store\r\n"), answer);
    assertFalse(lower.contains("\r\nserver:"), answer);
    for (String tell :
        new String[] {"grizzly", "jersey", "glassfish", "java", "org.", "exception"}) {
      assertFalse(lower.contains(tell), answer);
    }
  }

  @Test
  void root_asJson_saysWhatAnswersHere() {
    TestApi.Answer answer = api.get("/");

    assertEquals(200, answer.status());
    assertEquals("online", answer.get("status"));
    assertEquals("Secure Chat API", answer.get("message"));
    assertEquals(Version.number(), answer.get("version"));
    assertEquals("POST /api/register", answer.get("endpoints.register"));
  }

  @Test
  void root_inABrowser_leadsToTheWebClient() {
    TestApi.Answer answer =
        api.send(
            api.request("/").header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8").GET());

    assertEquals(303, answer.status());
    assertEquals(Optional.of("/app/"), answer.header("Location"));
    assertTrue(api.get("/app/").response().body().contains("no web client"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
  void health_running_isHealthy(String path) {
    TestApi.Answer answer = api.get(path);

    assertEquals(200, answer.status());
    assertEquals("{\"status\":\"healthy\"}", answer.response().body());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing, 404 not_found",
    "GET, /api/nothing, 404 not_found",
    "POST, /api/me/x, 404 not_found",
    "GET, /api/me, 405 method_not_allowed",
    "DELETE, /api/login, 405 method_not_allowed",
    "PUT, /api/register, 405 method_not_allowed",
    "POST, /health, 405 method_not_allowed",
    "TRACE, /health, 405 method_not_allowed",
    "BREW, /health, 405 method_not_allowed"
  })
  void request_toTheWrongPlace_isRefusedInTheErrorShape(String method, String path, String code)
      throws IOException {
    String answer =
        raw(
            method
                + " "
                + path
                + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 " + code.substring(0, 3)), answer);
    assertTrue(answer.contains("\"code\":\"" + code.substring(4) + "\""), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
    assertEquals(
        code.startsWith("405"), answer.toLowerCase(Locale.ROOT).contains("\r\nallow: "), answer);
    assertHardened(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "POST /api/me HTTP/1.1\r\n"
            + "Host: x\r\n"
            + "Content-Length: 2\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "{}",
        "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "no http at all\r\n\r\n"
      })
  void head_notValid_isRefusedAndClosed(String request) throws IOException {
    String answer = raw(request);

    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
    assertTrue(answer.contains("\"code\":\"bad_request\""), answer);
    assertHardened(answer);
  }

  @Test
  void head_overItsLimit_isRefused() throws IOException {
    String answer = raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(9000) + "\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
    assertHardened(answer);
  }

  @Test
  void requestId_eachAnswer_hasItsOwn() {
    assertNotEquals(
        api.get("/health").header("X-Request-Id").orElseThrow(),
        api.get("/health").header("X-Request-Id").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 400 signature_required",
    "application/json; charset=utf-8, 400 signature_required",
    "application/json;charset=UTF-8, 400 signature_required",
    "Application/JSON, 400 signature_required",
    "application/json; charset=latin1, 415 unsupported_media_type",
    "text/plain, 415 unsupported_media_type",
    "application/x-www-form-urlencoded, 415 unsupported_media_type",
    "multipart/form-data; boundary=x, 415 unsupported_media_type",
    "application/json5, 415 unsupported_media_type",
    "nonsense, 415 unsupported_media_type"
  })
  void contentType_otherThanJson_isUnsupported(String type, String code) {
    assertEquals(
        code,
        api.send(
                api.request("/api/me")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("{}")))
            .code());
  }

  @Test
  void accept_thatIsNone_saysNothing() {
    assertEquals(
        200, api.send(api.request("/health").header("Accept", "no media type").GET()).status());
  }

  @Test
  void date_ofEachAnswer_isTheClocks() {
    assertEquals(Optional.of("Mon, 19 Jan 2026 12:00:00 GMT"), api.get("/health").header("Date"));
  }

  @Test
  void contentType_none_isUnsupported() {
    assertEquals(
        "415 unsupported_media_type",
        api.send(api.request("/api/me").POST(BodyPublishers.ofString("{}"))).code());
  }

  @ParameterizedTest
  @CsvSource({"gzip, 415 unsupported_media_type", "identity, 400 signature_required"})
  void contentEncoding_otherThanIdentity_isUnsupported(String encoding, String code) {
    assertEquals(
        code,
        api.send(
                api.request("/api/me")
                    .header("Content-Type", "application/json")
                    .header("Content-Encoding", encoding)
                    .POST(BodyPublishers.ofString("{}")))
            .code());
  }

  private static TestApi.Answer sized(int length, boolean chunked) {
    byte[] body = " ".repeat(length).getBytes(StandardCharsets.US_ASCII);
    body[0] = '{';
    body[length - 1] = '}';
    return api.send(
        api.request("/api/me")
            .header("Content-Type", "application/json")
            .POST(
                chunked
                    ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                    : BodyPublishers.ofByteArray(body)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void body_atTheLimitAndAbove_isBounded(boolean chunked) {
    assertEquals("400 signature_required", sized(MAX_BODY, chunked).code());
    assertEquals("413 too_large", sized(MAX_BODY + 1, chunked).code());
  }

  @Test
  void body_announcedTooLarge_isRefusedUnread() throws IOException {
    String answer =
        rawUntil(
            "\"too_large\"",
            "POST /api/me HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 99999999999\r\n\r\n{");

    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertTrue(answer.contains("\"code\":\"too_large\""), answer);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000, true",
    "http://localhost:3001, false",
    "https://localhost:3000, false",
    "http://localhost:3000.evil.example, false",
    "null, false"
  })
  void origin_ofAPage_decides(String origin, boolean allowed) throws IOException {
    String answer =
        raw(
            "POST /api/me HTTP/1.1\r\nHost: api.example\r\nOrigin: "
                + origin
                + "\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: 2\r\n"
                + "Connection: close\r\n\r\n"
                + "{}");

    assertTrue(
        answer.contains(allowed ? "\"signature_required\"" : "\"forbidden_origin\""), answer);
    assertEquals(
        allowed, answer.contains("Access-Control-Allow-Origin: " + origin + "\r\n"), answer);
    assertFalse(answer.contains("Access-Control-Allow-Origin: *"), answer);
    assertHardened(answer);
  }

  @Test
  void origin_theServersOwn_isAllowedWithoutCors() throws IOException {
    String answer =
        raw(
            "POST /api/me HTTP/1.1\r\n"
                + "Host: api.example:5000\r\n"
                + "Origin: http://api.example:5000\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: 2\r\n"
                + "Connection: close\r\n\r\n"
                + "{}");

    assertTrue(answer.contains("\"signature_required\""), answer);
    assertFalse(answer.contains("Access-Control-"), answer);
  }

  @ParameterizedTest
  @CsvSource({"http://localhost:3000, true", "http://evil.example, false"})
  void preflight_ofAListedOrigin_isCached(String origin, boolean allowed) throws IOException {
    String answer =
        raw(
            "OPTIONS /api/login HTTP/1.1\r\nHost: x\r\nOrigin: "
                + origin
                + "\r\nAccess-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 204"), answer);
    assertEquals(allowed, answer.contains("Access-Control-Max-Age: 7200"), answer);
    assertEquals(allowed, answer.contains("Access-Control-Allow-Credentials: true"), answer);
    assertEquals(allowed, answer.contains("Access-Control-Allow-Origin: " + origin), answer);
    assertTrue(answer.contains("Vary: Origin"), answer);
  }

  @Test
  void options_withoutOrigin_namesTheMethods() throws IOException {
    String answer = raw("OPTIONS /api/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 20"), answer);
    assertTrue(answer.contains("POST"), answer);
    assertHardened(answer);
  }

  @Test
  void head_ofAPage_hasNoBody() throws IOException {
    String answer = raw("HEAD /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
    assertHardened(answer);
  }

  @Test
  void answer_ofTheApi_isJsonInUtf8() {
    assertEquals(Optional.of("application/json"), api.get("/health").header("Content-Type"));
  }
}
