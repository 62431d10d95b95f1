package org.securechat.http.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.testkit.Background;

@Timeout(60)
class ConnectorTest {
  private static final ErrorBody ERRORS =
      status -> "{\"status\":%d,\"code\":\"test\"}".formatted(status).getBytes(UTF_8);
  private static final String GET = "GET /ping HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String POST_CHUNKED =
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final int MAX_BODY_LEFT = 100_000;
  private static final ConnectorSettings SETTINGS = settings(Duration.ofMillis(200));

  private final AtomicLong nanos = new AtomicLong();
  private final PingResource resource = new PingResource();
  private final Connector connector = connector(SETTINGS);

  @BeforeEach
  void start() throws IOException {
    connector.start();
  }

  @AfterEach
  void stop() {
    resource.released.countDown();
    connector.stop(Duration.ofMillis(10));
  }

  @Test
  void get_byteByByte_isAnswered() throws IOException {
    try (Client client = new Client(connector.port())) {
      client.sendByteByByte(GET);

      Client.Answer answer = client.answer();

      assertEquals(200, answer.status());
      assertEquals("pong", answer.body());
      assertNull(answer.headers().get("Server"));
    }
  }

  @Test
  void get_hundredInOnePacket_areAnswered() throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send(GET.repeat(100));

      for (int i = 0; i < 100; i++) {
        assertEquals(200, client.answer().status());
      }
    }
  }

  @Test
  void get_thousandOnOneConnection_areAnswered() throws IOException {
    try (Client client = new Client(connector.port())) {
      for (int i = 0; i < 1000; i++) {
        assertEquals(200, client.send(GET).answer().status());
      }
    }
  }

  @Test
  void post_anyFraming_isEchoed() throws IOException {
    Connector patient = connector(settings(Duration.ofMinutes(1)));
    patient.start();
    try (Client client = new Client(patient.port())) {
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
      assertEquals("abc", client.answer().body());
      client.send(POST_CHUNKED + "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
      assertEquals("abc", client.answer().body());
      client.send(
          "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      client.send("abc");
      assertEquals("abc", client.answer().body());
      client.send("POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n");
      assertEquals("ignored", client.answer().body());
      client.send("abc" + GET);
      assertEquals("pong", client.answer().body());
    } finally {
      patient.stop(Duration.ofMillis(10));
    }
  }

  @Test
  void pipeline_secondIsBad_isRefusedAfterTheFirst() throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send(GET + "GET /ping HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + GET);

      assertEquals("pong", client.answer().body());
      assertProblem(400, client.answer());
      assertTrue(client.isClosed());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /ping HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET /ping\r\n\r\n",
        "GET /ping HTTP/1.1\r\n\r\n",
        "GET http://a/ping HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /ping%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /ping HTTP/1.1\nHost: a\n\n",
        "GET /ping HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
        "GET /ping HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx",
        "HEAD /ping HTTP/1.1\r\nHost: a b\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n",
        "\u0016\u0003\u0001 \u0000\u0001\r\n\r\n"
      })
  void head_bad_isRefusedAndClosed(String head) throws IOException {
    try (Client client = new Client(connector.port())) {
      Client.Answer answer = client.send(head).answer();

      assertEquals("close", answer.headers().get("Connection"));
      if (head.startsWith("HEAD")) {
        assertEquals(400, answer.status());
      } else {
        assertProblem(400, answer);
      }
      assertTrue(client.isClosed());
    }
  }

  @Test
  void head_badByteByByte_isRefused() throws IOException {
    try (Client client = new Client(connector.port())) {
      client.sendByteByByte("GET /ping HTTP/1.1\r\nHost: a\r\n b: c\r\n\r\n");

      assertProblem(400, client.answer());
    }
  }

  @Test
  void head_atAndOverItsSize_isAnsweredAndRefused() throws IOException {
    String frame = "GET /ping HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n";
    String filler = "x".repeat(SETTINGS.maxHeadBytes() - frame.length());
    try (Client client = new Client(connector.port())) {
      client.send(frame.replace("X: ", "X: " + filler));
      assertEquals(200, client.answer().status());
      client.send(frame.replace("X: ", "X: " + filler + "x"));
      assertProblem(400, client.answer());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void head_endless_isRefused() throws IOException {
    for (String endless : List.of("GET /", "GET /ping HTTP/1.1\r\nHost: a\r\nX: ", "G")) {
      try (Client client = new Client(connector.port())) {
        client.send(endless + "x".repeat(SETTINGS.maxHeadBytes() + 1 - endless.length()));
        assertProblem(400, client.answer());
      }
    }
  }

  @Test
  void head_atAndOverItsFields_isAnsweredAndRefused() throws IOException {
    String fields = "X: y\r\n".repeat(SETTINGS.maxHeaderFields() - 1);
    try (Client client = new Client(connector.port())) {
      client.send("GET /ping HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
      assertEquals(200, client.answer().status());
      client.send("GET /ping HTTP/1.1\r\nHost: a\r\n" + fields + "X: y\r\n\r\n");
      assertProblem(400, client.answer());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_host:8080", "1.2.3", "a..b", "-a", "[::1]:1", "[1:2", "foo.1", "~"})
  void host_anyGoodOne_isNoServerError(String host) throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send("GET /ping HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

      assertEquals(host.equals("[1:2") ? 400 : 200, client.answer().status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%2Fb", "/%ff", "/%e2%28", "/.%2e/", "//", "/a;b=c", "/?a=%ff&=&&%3d"})
  void path_anyGoodOne_isNotFound(String path) throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");

      assertProblem(404, client.answer());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE /ping", "PUT /ping", "FOO /ping", "DELETE /ping"})
  void method_unknownToTheResource_isNotAllowed(String methodAndPath) throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send(methodAndPath + " HTTP/1.1\r\nHost: a\r\n\r\n");

      Client.Answer answer = client.answer();
      assertProblem(405, answer);
      assertTrue(String.valueOf(answer.headers().get("Allow")).contains("GET"));
    }
  }

  @Test
  void options_star_isNoServerError() throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");

      assertTrue(client.answer().status() < 500);
    }
  }

  @Test
  void head_ofNothing_hasNoBody() throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send("HEAD /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

      Client.Answer answer = client.answer();
      assertEquals(404, answer.status());
      assertTrue(answer.body().isEmpty());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void failure_inTheApplication_saysNothing() throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send("GET /fail HTTP/1.1\r\nHost: a\r\n\r\n");

      assertProblem(500, client.answer());
    }
  }

  @Test
  void chunks_garbled_areRefused() throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");

      assertProblem(400, client.answer());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void body_stalled_isTimedOutAndClosed() throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na");

      Client.Answer answer = client.answer();
      assertProblem(408, answer);
      assertEquals("close", answer.headers().get("Connection"));
      assertTrue(client.isClosed());
    }
  }

  @Test
  void upgrade_ofTheJdkClient_isIgnored() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.port() + "/echo"))
              .POST(HttpRequest.BodyPublishers.ofString("abc"))
              .build();

      assertEquals("abc", http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  @Test
  void deadline_halfHead_isCut() throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send(GET).answer();
      client.send("GET /");
      assertCutAfter(connector, SETTINGS.headTimeout(), client);
    }
  }

  @Test
  void deadline_idle_isCut() throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send(GET).answer();
      assertCutAfter(connector, SETTINGS.idleTimeout(), client);
    }
  }

  @Test
  void deadline_bodyLeftAfterAnswer_isCut() throws IOException {
    try (Client client = new Client(connector.port())) {
      client.send("POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na").answer();
      assertCutAfter(connector, SETTINGS.bodyTimeout(), client);
    }
  }

  @Test
  void deadline_halfBody_isCut() throws Exception {
    Connector patient = connector(settings(Duration.ofMinutes(1)));
    patient.start();
    try (Client client = new Client(patient.port())) {
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na");
      resource.entered.await();
      assertCutAfter(patient, SETTINGS.bodyTimeout(), client);
    } finally {
      patient.stop(Duration.ofMillis(10));
    }
  }

  @Test
  void deadline_longAnswer_isWaitedFor() throws Exception {
    try (Client client = new Client(connector.port())) {
      client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
      resource.entered.await();
      nanos.addAndGet(Duration.ofDays(1).toNanos());
      connector.sweep();
      resource.released.countDown();

      assertEquals("waited", client.answer().body());
    }
  }

  @Test
  void connections_overTheBound_areClosed() throws IOException {
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < SETTINGS.maxConnections(); i++) {
        Client client = new Client(connector.port());
        clients.add(client);
        assertEquals(200, client.send(GET).answer().status());
      }
      try (Client tooMany = new Client(connector.port())) {
        assertTrue(tooMany.isClosed());
      }
      clients.get(0).close();
      awaitThat(() -> connector.connections() < SETTINGS.maxConnections());
      try (Client oneMore = new Client(connector.port())) {
        assertEquals(200, oneMore.send(GET).answer().status());
      }
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }

  @Test
  void stop_requestInFlight_isFinished() throws Exception {
    int port = connector.port();
    try (Client client = new Client(port);
        Client idle = new Client(port)) {
      client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
      idle.send(GET).answer();
      resource.entered.await();
      CompletableFuture<Void> stopped = Background.run(() -> connector.stop(Duration.ofMinutes(1)));
      awaitThat(() -> isRefused(port));
      assertFalse(stopped.isDone());
      // The listener closes a moment before requests are refused.
      Client.Answer refusal = idle.send(GET).answer();
      while (refusal.status() == 200) {
        refusal = idle.send(GET).answer();
      }
      assertProblem(503, refusal);
      assertTrue(idle.isClosed());
      resource.released.countDown();

      assertEquals("waited", client.answer().body());
      assertTrue(client.isClosed());
      stopped.join();
    }
  }

  @Test
  void stop_graceIsOver_cuts() throws Exception {
    try (Client client = new Client(connector.port())) {
      client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
      resource.entered.await();
      connector.stop(Duration.ofMillis(50));

      assertTrue(client.isClosed());
    }
  }

  @Test
  void start_portIsTaken_fails() {
    Connector second =
        Connector.create("127.0.0.1", connector.port(), new ResourceConfig(), SETTINGS, ERRORS);

    assertThrows(IOException.class, second::start);
  }

  /** The exact moment is DeadlinesTest's; here the server may still be about to change phase. */
  private void assertCutAfter(Connector connector, Duration limit, Client client)
      throws IOException {
    connector.sweep();
    assertEquals(1, connector.connections());
    awaitThat(() -> {
      nanos.addAndGet(limit.toNanos() + 1);
      connector.sweep();
      return connector.connections() == 0;
    });
    assertTrue(client.isClosed());
  }

  private Connector connector(ConnectorSettings settings) {
    return Connector.create(
        "127.0.0.1", 0, new ResourceConfig().register(resource), settings, ERRORS, nanos::get);
  }

  private static ConnectorSettings settings(Duration bodyStall) {
    return new ConnectorSettings(
        8192,
        64,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        bodyStall,
        16 * 1024,
        16 * 1024,
        Duration.ofSeconds(30),
        MAX_BODY_LEFT,
        Duration.ofSeconds(75),
        256 * 1024,
        20,
        Duration.ofSeconds(8));
  }

  private static void assertProblem(int status, Client.Answer answer) {
    assertEquals(status, answer.status(), answer.toString());
    assertEquals("{\"status\":%d,\"code\":\"test\"}".formatted(status), answer.body());
    assertTrue(
        String.valueOf(answer.headers().get("Content-Type"))
            .startsWith("application/problem+json"));
    assertEquals("nosniff", answer.headers().get("X-Content-Type-Options"));
    assertEquals("no-store", answer.headers().get("Cache-Control"));
    assertEquals("no-referrer", answer.headers().get("Referrer-Policy"));
    assertEquals(4, UUID.fromString(answer.headers().get("X-Request-Id")).version());
    assertNull(answer.headers().get("Server"));
  }

  private static boolean isRefused(int port) {
    try {
      new Client(port).close();
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void awaitThat(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) { // the test's time-out bounds it
      Thread.onSpinWait();
    }
  }
}
