package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;

/** What {@code /metrics} tells after traffic, and what it must not tell. */
class MetricsTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "METRICS_PORT", "0",
          "LIMIT_FAILURES_PER_ACCOUNT", "2",
          "LIMIT_REQUESTS_PER_USER_BURST", "5");

  @TempDir Path folder;

  private final TestClock clock = TestClock.atNoon();
  private final TestAccount alice = new TestAccount(TestUser.named("alice"), clock);

  private static String scrape(TestServer server) {
    TestApi.Answer answer = new TestApi(server.metricsUrl()).get("");
    assertEquals(200, answer.status());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8", answer.header("Content-Type").orElseThrow());
    return answer.response().body();
  }

  private static double value(String text, String metric) {
    return text.lines()
        .filter(line -> line.startsWith(metric + " "))
        .map(line -> Double.valueOf(line.substring(metric.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + metric + " in\n" + text));
  }

  private static void assertValue(double expected, String text, String metric) {
    assertEquals(expected, value(text, metric), metric);
  }

  @Test
  void metrics_afterTraffic_tellWhatHappened() throws IOException {
    try (TestServer server = TestServer.start(folder, clock, SETTINGS)) {
      TestApi api = new TestApi(server.url());
      String secret = alice.register(api);
      for (int i = 0; i < 5; i++) {
        assertEquals(200, api.post("/api/me", alice.sign("{}")).status());
      }
      assertEquals("429 rate_limited", api.post("/api/me", alice.sign("{}")).code());
      String forged = alice.sign("{}").replaceFirst("\"data\":\\{", "\"data\":{\"a\":1");
      assertEquals("401 invalid_signature", api.post("/api/me", forged).code());
      for (int i = 0; i < 2; i++) {
        String wrong = alice.signedLogin(alice.wrongCode(secret));
        assertEquals("401 invalid_credentials", api.post("/api/login", wrong).code());
        clock.advance(Duration.ofSeconds(1));
      }
      String blocked = alice.signedLogin(alice.code(secret, 1));
      assertEquals("429 rate_limited", api.post("/api/login", blocked).code());
      assertEquals(404, api.get("/users/alice@example.org").status());
      assertEquals(
          405,
          api.send(api.request("/health").method("ALICE", HttpRequest.BodyPublishers.noBody()))
              .status());
      refuseFraming(server.port());

      String text = scrape(server);

      String requests = "secure_chat_requests_total{endpoint=\"";
      assertValue(5, text, requests + "/api/me\",method=\"POST\",status=\"200\"}");
      assertValue(1, text, requests + "/api/me\",method=\"POST\",status=\"429\"}");
      assertValue(1, text, requests + "/api/register/verify-2fa\",method=\"POST\",status=\"201\"}");
      assertValue(1, text, requests + "unmatched\",method=\"GET\",status=\"404\"}");
      assertValue(1, text, requests + "unmatched\",method=\"other\",status=\"405\"}");
      assertValue(7, text, "secure_chat_request_duration_seconds_count{endpoint=\"/api/me\"}");
      assertValue(1, text, "secure_chat_refusals_total{code=\"invalid_signature\"}");
      assertValue(2, text, "secure_chat_refusals_total{code=\"invalid_credentials\"}");
      assertValue(2, text, "secure_chat_refusals_total{code=\"rate_limited\"}");
      assertValue(1, text, "secure_chat_refusals_total{code=\"not_found\"}");
      assertValue(1, text, "secure_chat_framing_refusals_total{status=\"400\"}");
      String limits = "secure_chat_limits_hit_total{limit=\"";
      assertValue(1, text, limits + "failures_per_account_signed\"}");
      assertValue(1, text, limits + "requests_per_user\"}");
      assertValue(0, text, limits + "failures_per_address\"}");
      // The charges, the registration in its two steps, and what was given back.
      assertTrue(value(text, "secure_chat_commit_changes_sum") >= 4, text);
      assertEquals(
          value(text, "secure_chat_commit_changes_sum"),
          value(text, "secure_chat_commit_wait_seconds_count"));
      assertValue(0, text, "secure_chat_commit_queue_changes");
      assertValue(0, text, "secure_chat_reads_waiting");
      assertTrue(value(text, "secure_chat_read_connections{state=\"idle\"}") >= 1);
      assertValue(0, text, "secure_chat_password_hashes{state=\"waiting\"}");
      assertValue(0, text, "secure_chat_password_hashes_refused_total");
      assertTrue(value(text, "secure_chat_connections") >= 1);
      assertValue(1, text, "secure_chat_build_info{version=\"" + Version.number() + "\"}");
      assertTrue(value(text, "jvm_threads_current") >= 1);
    }
  }

  private static void refuseFraming(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }
  }

  @Test
  void metrics_afterTraffic_holdNothingOfAUser() {
    try (TestServer server = TestServer.start(folder, clock, SETTINGS)) {
      TestApi api = new TestApi(server.url());
      String secret = alice.register(api);
      TestApi.Answer me = api.post("/api/me", alice.sign("{}"));
      api.get("/users/" + alice.user().name() + "?email=" + alice.user().email());
      api.send(
          api.request("/api/" + me.get("id"))
              .method("DELETE", HttpRequest.BodyPublishers.noBody())
              .header("User-Agent", "agent-of-alice"));

      String text = scrape(server);

      for (String hers :
          List.of(
              alice.user().name(),
              alice.user().email(),
              me.get("id"),
              secret,
              api.cookie().orElseThrow(),
              "127.0.0.1",
              "agent-of")) {
        assertFalse(text.toLowerCase(Locale.ROOT).contains(hers), hers);
      }
    }
  }

  @Test
  void metricsPort_otherPathsAndMethods_haveNothing() {
    try (TestServer server = TestServer.start(folder, clock, SETTINGS)) {
      TestApi metrics = new TestApi(server.metricsUrl());

      assertEquals(404, metrics.get("/../api/me").status());
      assertEquals(404, metrics.get("/more").status());
      assertEquals(405, metrics.post("", "{}").status());
      assertEquals(404, new TestApi(server.url()).get("/metrics").status());
    }
  }

  @Test
  void metricsPort_byDefault_isOnLoopbackAlone() throws IOException {
    try (TestServer server = TestServer.start(folder, clock, SETTINGS)) {
      URI url = URI.create(server.metricsUrl());
      assertEquals("127.0.0.1", url.getHost());

      // A listener on all addresses would answer on this one too.
      InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
      assertThrows(ConnectException.class, () -> new Socket(other, url.getPort()).close());
    }
  }

  @Test
  void metricsPort_connectionsAtTheBoundAndAbove_areAnsweredAndClosed() throws Exception {
    try (TestServer server = TestServer.start(folder, clock, SETTINGS)) {
      int port = URI.create(server.metricsUrl()).getPort();
      List<Socket> sockets = new ArrayList<>();
      try {
        for (int i = 0; i < 16; i++) {
          Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
          sockets.add(socket);
          assertEquals('H', firstOfAnswer(socket));
        }
        try (Socket tooMany = new Socket(InetAddress.getLoopbackAddress(), port)) {
          assertEquals(-1, firstOfAnswer(tooMany));
        }
        assertEquals(200, new TestApi(server.url()).get("/health/live").status());
        sockets.get(0).close();
        Waits.await(
            "room for one more", Duration.ofSeconds(20), () -> firstOfAnswerAt(port) == 'H');
      } finally {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
    }
  }

  private static int firstOfAnswerAt(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return firstOfAnswer(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for something small; returns the first byte of the answer, or -1 if there is none. */
  private static int firstOfAnswer(Socket socket) {
    try {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write("GET /more HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read();
    } catch (SocketException e) {
      return -1; // closed while we wrote, or before
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void metricsPort_inUse_isOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> settings = Map.of("METRICS_PORT", Integer.toString(taken.getLocalPort()));

      ConfigurationException e =
          assertThrows(
              ConfigurationException.class,
              () -> TestServer.start(folder, clock, settings).close());

      assertTrue(e.sentence().contains("Set METRICS_PORT or METRICS_HOST."), e.sentence());
    }
  }

  @Test
  void documentation_listsEveryMetricAndNoOther() throws IOException {
    try (TestServer server = TestServer.start(folder, clock, SETTINGS)) {
      TestApi api = new TestApi(server.url());
      api.get("/nothing");
      refuseFraming(server.port());
      Set<String> told = new TreeSet<>();
      Pattern.compile("^# TYPE (\\S+) ", Pattern.MULTILINE)
          .matcher(scrape(server))
          .results()
          .forEach(type -> told.add(type.group(1)));
      Set<String> documented = new TreeSet<>();
      Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE)
          .matcher(Files.readString(Path.of("../docs/metrics.md")))
          .results()
          .forEach(row -> documented.add(row.group(1)));

      assertEquals(ours(told), ours(documented));
      // Which the Java machine tells of itself depends on the machine.
      assertTrue(documented.containsAll(told), told + " are not all in " + documented);
    }
  }

  private static Set<String> ours(Set<String> names) {
    return names.stream()
        .filter(name -> name.startsWith("secure_chat_"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
