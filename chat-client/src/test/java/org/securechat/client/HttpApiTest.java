package org.securechat.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.client.FakeServer.Reply;
import org.securechat.client.FakeServer.Request;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.UnavailableException;
import org.securechat.client.failure.UnreachableException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.Answer;
import org.securechat.client.http.Call;
import org.securechat.client.http.HttpApi;
import org.securechat.client.http.HttpSettings;
import org.securechat.client.http.JsonMembers;
import org.securechat.client.http.JsonObject;
import org.securechat.client.http.ServerAddress;
import org.securechat.client.http.SessionCookie;
import org.securechat.client.http.SignatureScheme;
import org.securechat.crypto.SystemRandomSource;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.key.IdentityKeyPair;
import org.securechat.testkit.TestClock;

@Timeout(60)
class HttpApiTest {
  private static final RandomSource RANDOM = new SystemRandomSource();
  private static final IdentityKeyPair ALICE = IdentityKeyPair.generate(RANDOM);
  private static final Call ME = Call.post("/api/me", JsonMembers.NONE);
  private static final Instant SERVER_TIME = TestClock.NOON.plusSeconds(3600);

  private final FakeServer server = new FakeServer();
  private final Clock clock = TestClock.atNoon();

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpApi api() {
    return api(HttpSettings.defaults());
  }

  private HttpApi api(HttpSettings settings) {
    return new HttpApi(ServerAddress.parse(server.url()), settings, clock, RANDOM);
  }

  private static Answer send(HttpApi api, Call call) {
    return api.send(call, ALICE, Optional.empty());
  }

  private RefusedException refused(Reply reply) {
    server.on("POST /api/me", request -> reply);
    return assertThrows(RefusedException.class, () -> send(api(), ME));
  }

  @ParameterizedTest
  @EnumSource
  void send_targetWithQueryAndOddCharacters_isSignedAsItIsSent(SignatureScheme scheme)
      throws Exception {
    HttpApi api = api(HttpSettings.defaults().with(scheme));
    List<Call> calls =
        List.of(
            Call.get("/api/x?a=%20b&c=d"),
            Call.delete("/api/sessions/1"),
            Call.post("/api/y?z", json -> json.writeStringField("ä\"\\\u2028", "\ud83d\udd11\n")),
            ME);
    for (Call call : calls) {
      assertThrows(RefusedException.class, () -> send(api, call));
      server.last().verify(ALICE.publicKey());
    }
    assertEquals("/api/x?a=%20b&c=d", server.requests().get(0).target());
    assertEquals(4, server.requests().size());
  }

  @ParameterizedTest
  @EnumSource
  void send_twice_hasAnotherNonceEachTime(SignatureScheme scheme) {
    server.on("POST /api/me", request -> Reply.json(200, "{}"));
    HttpApi api = api(HttpSettings.defaults().with(scheme));
    send(api, ME);
    Request first = server.last();
    send(api, ME);

    assertNotEquals(first.body() + first.headers(), server.last().body() + server.last().headers());
    assertEquals(scheme == SignatureScheme.ENVELOPE, first.isEnvelope());
  }

  @ParameterizedTest
  @EnumSource
  void send_wrongClock_isSignedAnewOnceAndKeptRight(SignatureScheme scheme) throws Exception {
    server.on("POST /api/me", this::acceptServerTimeOnly);
    HttpApi api = api(HttpSettings.defaults().with(scheme));
    send(api, ME);
    assertEquals(2, server.requests().size());
    send(api, ME);

    assertEquals(3, server.requests().size());
    for (Request request : server.requests()) {
      request.verify(ALICE.publicKey());
    }
  }

  private Reply acceptServerTimeOnly(Request request) {
    return request.signedSecond() == SERVER_TIME.getEpochSecond()
        ? Reply.json(200, "{}")
        : outOfRange();
  }

  private static Reply outOfRange() {
    return Reply.refusal(
        401, "timestamp_out_of_range", ",\"server_time\":" + SERVER_TIME.getEpochSecond());
  }

  @Test
  void send_timeNeverRight_isTriedTwice() {
    RefusedException e = refused(outOfRange());

    assertEquals(RefusalCode.TIMESTAMP_OUT_OF_RANGE, e.code());
    assertEquals(Optional.of(SERVER_TIME), e.serverTime());
    assertEquals(2, server.requests().size());
  }

  private void refuseTime(long serverTime, int requests) {
    int before = server.requests().size();
    server.on(
        "POST /api/me",
        request -> Reply.refusal(401, "timestamp_out_of_range", ",\"server_time\":" + serverTime));
    HttpApi api = api();
    assertEquals(
        RefusalCode.TIMESTAMP_OUT_OF_RANGE,
        assertThrows(RefusedException.class, () -> send(api, ME)).code());
    assertEquals(requests, server.requests().size() - before, "server_time " + serverTime);

    // What was not believed is not remembered either.
    server.on("POST /api/me", request -> Reply.json(200, "{}"));
    send(api, ME);
    long noon = TestClock.NOON.getEpochSecond();
    assertEquals(requests == 1 ? noon : serverTime, server.last().signedSecond());
  }

  @Test
  void send_serverTimeThatCannotBe_isNotBelieved() {
    long noon = TestClock.NOON.getEpochSecond();
    long day = Duration.ofDays(1).toSeconds();
    refuseTime(noon + day, 2);
    refuseTime(noon - day, 2);
    refuseTime(noon + 2, 2);
    for (long wrong :
        new long[] {
          noon, noon + 1, noon - 1, noon + day + 1, noon - day - 1, 0, -1, Long.MAX_VALUE
        }) {
      refuseTime(wrong, 1);
    }
  }

  @Test
  void send_timeRefusedWithoutServerTime_isNotTriedAgain() {
    refused(Reply.refusal(401, "timestamp_out_of_range"));

    assertEquals(1, server.requests().size());
  }

  @Test
  void send_refused_carriesWhatTheServerSaid() {
    RefusedException e =
        refused(
            Reply.refusal(429, "rate_limited", ",\"fields\":{\"username\":\"Too long\",\"x\":1}")
                .with("Retry-After", "900"));

    assertEquals(429, e.status());
    assertEquals(RefusalCode.RATE_LIMITED, e.code());
    assertEquals("No: rate_limited", e.sentence());
    assertEquals(Map.of("username", "Too long"), e.fields());
    assertEquals(Optional.of(Duration.ofMinutes(15)), e.retryAfter());
    assertEquals(1, server.requests().size());
  }

  @Test
  void send_unknownCode_isUnknownByItsName() {
    RefusedException e = refused(Reply.refusal(418, "teapot"));

    assertEquals(RefusalCode.UNKNOWN, e.code());
    assertEquals("teapot", e.wireCode());
  }

  @Test
  void send_refusalOfAProxy_hasItsStatus() {
    RefusedException e =
        refused(Reply.json(413, "<html>Too large</html>").with("Retry-After", "soon"));

    assertEquals(413, e.status());
    assertEquals("", e.wireCode());
    assertEquals(Optional.empty(), e.retryAfter());
  }

  @Test
  void send_serverOrProxyFailed_hasAnUnknownOutcome() {
    server.on(
        "POST /api/me", request -> Reply.refusal(503, "unavailable").with("Retry-After", "5"));
    UnavailableException e = assertThrows(UnavailableException.class, () -> send(api(), ME));
    assertEquals(503, e.status());
    assertEquals(RefusalCode.UNAVAILABLE, e.code());
    assertEquals(Optional.of(Duration.ofSeconds(5)), e.retryAfter());

    server.on("POST /api/me", request -> Reply.json(502, "<html>Bad gateway</html>"));
    e = assertThrows(UnavailableException.class, () -> send(api(), ME));
    assertEquals(502, e.status());
    assertEquals("", e.wireCode());
    server.on("POST /api/me", request -> Reply.json(500, "{}"));
    assertThrows(UnavailableException.class, () -> send(api(), ME));
  }

  /** ESC, BEL, CSI, a change of writing direction, a line separator. */
  @Test
  void send_refusedInOddWords_carriesNothingThatDrivesATerminal() {
    String odd = "\\u001b[2J\\u0007\\u009b\\u202e\\u2028";
    RefusedException e =
        refused(
            Reply.json(
                400,
                "{\"code\":\"%s\",\"error\":\"%s\",\"fields\":{\"%s\":\"%s\"}}"
                    .formatted(odd, odd, odd, odd)));

    assertEquals("?[2J????", e.wireCode());
    assertEquals("?[2J????", e.sentence());
    assertEquals(Map.of("?[2J????", "?[2J????"), e.fields());
  }

  @Test
  void send_refusedAtLength_carriesTheBeginning() {
    String fields =
        IntStream.range(0, 65)
            .mapToObj(i -> "\"" + i + "x".repeat(70) + "\":\"" + "y".repeat(513) + "\"")
            .collect(Collectors.joining(","));
    RefusedException e =
        refused(
            Reply.json(
                400,
                "{\"code\":\"%s\",\"error\":\"%s\",\"fields\":{%s}}"
                    .formatted("c".repeat(65), "s".repeat(513), fields)));

    assertEquals("c".repeat(64), e.wireCode());
    assertEquals("s".repeat(512), e.sentence());
    assertEquals(64, e.fields().size());
    e.fields()
        .forEach((name, sentence) -> {
          assertEquals(64, name.length());
          assertEquals("y".repeat(512), sentence);
        });
  }

  @Test
  void send_redirect_isNotFollowed() {
    RefusedException e =
        refused(Reply.json(302, "{}").with("Location", server.url() + "/api/elsewhere"));

    assertEquals(302, e.status());
    assertEquals(1, server.requests().size());
  }

  @Test
  void send_answerAtAndOverTheBound_isReadAndRefused() {
    HttpSettings small =
        new HttpSettings(
            SignatureScheme.RFC9421, false, Duration.ofSeconds(9), Duration.ofSeconds(30), 1024);
    String largest = "{\"a\":\"" + "x".repeat(1024 - 8) + "\"}";
    server.on("POST /api/me", request -> Reply.json(200, largest));
    assertArrayEquals(largest.getBytes(StandardCharsets.UTF_8), send(api(small), ME).bytes());

    server.on("POST /api/me", request -> Reply.json(200, largest + " "));
    assertThrows(UntrustedAnswerException.class, () -> send(api(small), ME));
    server.on("POST /api/me", request -> Reply.json(401, largest + " "));
    assertThrows(UntrustedAnswerException.class, () -> send(api(small), ME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}x",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":NaN}",
        "{\"a\":1,}",
        "// no\n{}",
        "null"
      })
  void json_malformedAnswer_isRefused(String body) {
    server.on("POST /api/me", request -> Reply.json(200, body));
    Answer answer = send(api(), ME);

    assertThrows(UntrustedAnswerException.class, answer::json);
  }

  @Test
  void json_nestedToAndBeyondTheBound_isReadAndRefused() {
    String nested = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";
    assertEquals("JsonObject[a]", parse(nested).toString());
    assertThrows(
        UntrustedAnswerException.class,
        () -> parse("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"));
  }

  @Test
  void json_memberOfAnotherKind_isRefusedByNameAlone() {
    JsonObject json =
        parse(
            "{\"s\":\"secret\",\"n\":7,\"big\":99999999999999999999,\"f\":1.5,\"z\":null,\"l\":[null]}");

    assertEquals(7, json.number("n"));
    assertEquals(Optional.empty(), json.optionalText("z"));
    for (Runnable wrong :
        List.<Runnable>of(
            () -> json.number("s"),
            () -> json.text("n"),
            () -> json.number("big"),
            () -> json.text("big"),
            () -> json.text("f"),
            () -> json.texts("l"),
            () -> json.number("f"),
            () -> json.text("z"),
            () -> json.text("absent"),
            () -> json.time("s"),
            () -> json.flag("s"),
            () -> json.object("s"),
            () -> json.objects("s"),
            () -> json.texts("n"),
            () -> json.text("s", text -> ServerAddress.parse(text)))) {
      UntrustedAnswerException e = assertThrows(UntrustedAnswerException.class, wrong::run);
      assertTrue(!e.sentence().contains("secret"), e.sentence());
    }
  }

  private static JsonObject parse(String text) {
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void send_cookies_keepsOursAlone() {
    server.on(
        "POST /api/me", request -> Reply.json(200, "{}").with("Set-Cookie", "other=1; Path=/"));
    assertEquals(Optional.empty(), send(api(), ME).cookie());
    server.on(
        "POST /api/me",
        request -> Reply.json(200, "{}").with("Set-Cookie", "secure_chat_session2=1; Path=/"));
    assertEquals(Optional.empty(), send(api(), ME).cookie());
    server.on("POST /api/me", request -> Reply.json(200, "{}").withCookie("abc"));
    assertEquals(Optional.of(SessionCookie.of("abc")), send(api(), ME).cookie());

    api().send(ME, ALICE, Optional.of(SessionCookie.of("abc")));
    assertEquals("secure_chat_session=abc", server.last().requiredHeader("Cookie"));
    assertThrows(InvalidValueException.class, () -> SessionCookie.of("a\r\nb"));
  }

  @Test
  void send_nobodyThere_isUnreachable() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    HttpApi api =
        new HttpApi(
            ServerAddress.parse("http://127.0.0.1:" + port),
            HttpSettings.defaults(),
            clock,
            RANDOM);

    assertThrows(UnreachableException.class, () -> send(api, ME));
  }

  @Test
  void send_noAnswer_isUnreachableInTime() {
    CountDownLatch end = new CountDownLatch(1);
    server.on(
        "POST /api/me",
        request -> {
          end.await();
          return Reply.json(200, "{}");
        });

    assertThrows(UnreachableException.class, () -> send(api(impatient()), ME));
    end.countDown();
  }

  @Test
  void download_fileThatStopsComing_endsInTime() throws Exception {
    whileStandingStill(
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
        api -> {
          try (InputStream file = api.download(ME, ALICE, Optional.empty(), 9)) {
            assertEquals('{', file.read());
            assertThrows(IOException.class, file::read);
          }
        });
  }

  @Test
  void download_refusalThatStopsComing_isUnreachableInTime() throws Exception {
    whileStandingStill(
        "HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n{",
        api ->
            assertThrows(
                UnreachableException.class, () -> api.download(ME, ALICE, Optional.empty(), 9)));
  }

  @Test
  void download_fileThatComesByteByByte_endsInTime() throws Exception {
    whileAnswering(
        peer -> {
          peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
          while (true) {
            peer.write("x");
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
          }
        },
        api -> {
          try (InputStream file = api.download(ME, ALICE, Optional.empty(), 100_000)) {
            assertThrows(IOException.class, file::readAllBytes);
          }
        });
  }

  @Test
  void send_answerWithoutEnd_isHungUpOn() throws Exception {
    String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
    whileAnswering(
        peer -> {
          peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) {
            peer.write(chunk);
          }
        },
        api -> assertThrows(UntrustedAnswerException.class, () -> send(api, ME)));
  }

  private interface Check {
    void with(HttpApi api) throws Exception;
  }

  /** What a server does with a connection once it has read the request, until nobody reads it. */
  private interface Answering {
    void on(Peer peer) throws IOException;
  }

  private record Peer(Socket socket) {
    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void whileStandingStill(String begun, Check check) throws Exception {
    whileAnswering(
        peer -> {
          peer.write(begun);
          assertEquals(-1, peer.socket().getInputStream().read(), "until the client hangs up");
        },
        check);
  }

  private void whileAnswering(Answering peer, Check check) throws Exception {
    Thread answering;
    try (ServerSocket listener = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      answering = new Thread(() -> answer(listener, peer));
      answering.start();
      check.with(
          new HttpApi(
              ServerAddress.parse("http://127.0.0.1:" + listener.getLocalPort()),
              impatient(Duration.ofSeconds(2)),
              clock,
              RANDOM));
    }
    answering.join(60_000);
    assertFalse(answering.isAlive(), "the client never hung up");
  }

  private static void answer(ServerSocket listener, Answering answering) {
    try (Socket socket = listener.accept()) {
      readHead(socket);
      answering.on(new Peer(socket));
    } catch (IOException e) {
      // It has hung up.
    }
  }

  private static HttpSettings impatient() {
    return impatient(Duration.ofMillis(300));
  }

  private static HttpSettings impatient(Duration answer) {
    return new HttpSettings(SignatureScheme.RFC9421, false, Duration.ofSeconds(9), answer, 4096);
  }

  /** The answer begins and then stops, or stops at once: the change may have been made by then. */
  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", "HTTP/1.1 200", ""})
  void send_answerBreaksOff_isSentOnceAndUnreachable(String begun) throws Exception {
    AtomicInteger connections = new AtomicInteger();
    Thread accepting;
    try (ServerSocket listener = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      accepting = new Thread(() -> breakOff(listener, begun, connections));
      accepting.start();
      HttpApi api =
          new HttpApi(
              ServerAddress.parse("http://127.0.0.1:" + listener.getLocalPort()),
              HttpSettings.defaults(),
              clock,
              RANDOM);

      assertThrows(UnreachableException.class, () -> send(api, ME));
    }
    accepting.join();
    assertEquals(1, connections.get());
  }

  private static void breakOff(ServerSocket listener, String begun, AtomicInteger connections) {
    while (true) {
      try (Socket socket = listener.accept()) {
        connections.incrementAndGet();
        readHead(socket);
        socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void readHead(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().contains("\r\n\r\n{}")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return;
      }
      head.append((char) next);
    }
  }

  @Test
  void new_plainHttpElsewhere_wantsPermission() {
    ServerAddress elsewhere = ServerAddress.parse("http://chat.example.org");
    HttpSettings settings = HttpSettings.defaults();

    assertThrows(
        InvalidValueException.class, () -> new HttpApi(elsewhere, settings, clock, RANDOM));
    new HttpApi(elsewhere, settings.withPlainHttp(), clock, RANDOM);
    new HttpApi(ServerAddress.parse("https://chat.example.org/"), settings, clock, RANDOM);
    new HttpApi(ServerAddress.parse("http://[::1]:5000"), settings, clock, RANDOM);
  }

  @Test
  void parse_namedDefaultPort_isTheSameServer() {
    assertEquals(
        ServerAddress.parse("https://chat.example.org"),
        ServerAddress.parse("HTTPS://Chat.example.org:443/"));
    assertEquals(ServerAddress.parse("http://[::1]"), ServerAddress.parse("http://[::1]:80"));
    assertEquals("http://localhost:443", ServerAddress.parse("http://localhost:443").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "chat.example.org",
        "ftp://chat.example.org",
        "https://chat.example.org/app",
        "https://chat.example.org?x",
        "https://chat.example.org#x",
        "https://me@chat.example.org",
        "https://",
        "https:chat",
        "http://localhost.example.org:x"
      })
  void parse_whatIsNoServer_isRefused(String text) {
    assertThrows(InvalidValueException.class, () -> ServerAddress.parse(text));
  }

  @Test
  void json_timeAtAndBeyondItsYears_isReadAndRefused() {
    for (String time : List.of("1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z")) {
      assertEquals(Instant.parse(time), json(time).time("t"));
    }
    for (String time :
        List.of(
            "1969-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z", "")) {
      assertThrows(UntrustedAnswerException.class, () -> json(time).time("t"), time);
    }
  }

  private static JsonObject json(String time) {
    return JsonObject.parse(("{\"t\":\"" + time + "\"}").getBytes(StandardCharsets.UTF_8));
  }
}
