package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.testkit.TestClock;

/** Every method at every kind of path, and every origin with every method. */
class MethodMatrixTest {
  private static final List<String> METHODS =
      List.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "PATCH",
          "DELETE",
          "OPTIONS",
          "TRACE",
          "CONNECT",
          "BREW",
          "get",
          "PROPFIND");
  private static final String LISTED = "https://chat.example.org";

  @TempDir static Path folder;
  private static TestServer server;
  private static RawHttp http;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, TestClock.atNoon(), Map.of("CORS_ORIGINS", LISTED));
    http = new RawHttp(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawHttp.Answer send(String method, String path, String fields) throws IOException {
    List<RawHttp.Answer> answers =
        http.whole(
            method
                + " "
                + path
                + " HTTP/1.1\r\nHost: api.example\r\nContent-Length: 0\r\nConnection: close\r\n"
                + fields
                + "\r\n");
    assertEquals(1, answers.size(), answers.toString());
    return answers.get(0);
  }

  private static Set<String> allowed(RawHttp.Answer answer) {
    return new TreeSet<>(
        List.of(answer.headers().getOrDefault("Allow", "").split("\\s*,\\s*", -1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/app/", "/health", "/health/live", "/health/ready"})
  void page_anyMethod_isGivenOrNotAllowed(String path) throws IOException {
    for (String method : METHODS) {
      RawHttp.Answer answer = send(method, path, "");
      switch (method) {
        case "GET" -> assertEquals(200, answer.status());
        case "HEAD" -> {
          assertEquals(200, answer.status());
          assertEquals("", answer.body());
        }
        case "OPTIONS" -> {
          assertEquals(200, answer.status());
          assertEquals(Set.of("GET", "HEAD", "OPTIONS"), allowed(answer), path);
        }
        default -> assertNotAllowed(Set.of("GET", "HEAD", "OPTIONS"), answer, method);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/register",
        "/api/register/verify-2fa",
        "/api/login",
        "/api/logout",
        "/api/me"
      })
  void call_anyMethod_isHeardOrNotAllowed(String path) throws IOException {
    for (String method : METHODS) {
      RawHttp.Answer answer = send(method, path, "");
      switch (method) {
        case "POST" -> assertEquals(415, answer.status());
        case "OPTIONS" -> {
          assertEquals(200, answer.status());
          assertEquals(Set.of("POST", "OPTIONS"), allowed(answer), path);
        }
        default -> assertNotAllowed(Set.of("POST", "OPTIONS"), answer, method);
      }
    }
  }

  private static void assertNotAllowed(Set<String> allowed, RawHttp.Answer answer, String method) {
    assertEquals(405, answer.status(), method);
    assertEquals(allowed, allowed(answer), method);
    assertTrue(
        method.equals("HEAD") || answer.body().contains("\"code\":\"method_not_allowed\""),
        method + answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/api",
        "/api/",
        "/api/nothing",
        "/api/me/",
        "/api/me/x",
        "/api//me",
        "/API/me",
        "/api/me;a=b",
        "/api/me;",
        "/api;x/me",
        "/health/live/",
        "/api/%6de",
        "/api/../health",
        "//health",
        "/health/",
        "/application.wadl"
      })
  void nowhere_anyMethod_isNotFound(String path) throws IOException {
    for (String method : METHODS) {
      RawHttp.Answer answer = send(method, path, "");

      assertEquals(404, answer.status(), method);
      assertTrue(method.equals("HEAD") || answer.body().contains("\"code\":\"not_found\""), method);
    }
  }

  @Test
  void options_star_isAnswered() throws IOException {
    assertTrue(send("OPTIONS", "*", "").status() < 500);
  }

  @ParameterizedTest
  @CsvSource({
    "'', true, false",
    "http://api.example, true, false",
    "https://api.example, false, false",
    "http://api.example:80, false, false",
    "https://chat.example.org, true, true",
    "https://chat.example.org:443, false, false",
    "https://CHAT.example.org, false, false",
    "https://chat.example.org/, false, false",
    "https://chat.example.org.evil.example, false, false",
    "http://chat.example.org, false, false",
    "null, false, false",
    "*, false, false",
    "'https://chat.example.org, https://evil.example', false, false"
  })
  void origin_withEachMethod_isHeldToTheList(String origin, boolean allowed, boolean cors)
      throws IOException {
    String field = origin.isEmpty() ? "" : "Origin: " + origin + "\r\n";
    for (String type : List.of("application/json", "text/plain", "")) {
      String fields = field + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n");
      RawHttp.Answer post = send("POST", "/api/me", fields);
      RawHttp.Answer get = send("GET", "/health/live", fields);
      RawHttp.Answer options = send("OPTIONS", "/api/me", fields);

      int heard = type.equals("application/json") ? 400 : 415;
      assertEquals(allowed ? heard : 403, post.status(), type);
      assertEquals(200, get.status());
      assertEquals(200, options.status());
      for (RawHttp.Answer answer : List.of(post, get, options)) {
        assertEquals(
            cors ? origin : null, answer.headers().get("Access-Control-Allow-Origin"), type);
        assertEquals(
            cors ? "true" : null, answer.headers().get("Access-Control-Allow-Credentials"));
        assertEquals("Origin", answer.headers().get("Vary"));
      }
    }
  }
}
