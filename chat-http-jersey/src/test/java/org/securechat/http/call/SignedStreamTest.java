package org.securechat.http.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.request.RequestLine;
import org.securechat.domain.request.RequestSettings;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.request.VerifySignedRequest;
import org.securechat.domain.session.AuthenticateCaller;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionCache;
import org.securechat.domain.session.SessionSettings;
import org.securechat.domain.session.SessionState;
import org.securechat.domain.session.SessionToken;
import org.securechat.http.answer.ProblemMapper;
import org.securechat.http.connector.Connector;
import org.securechat.http.connector.ConnectorSettings;
import org.securechat.http.signature.SignatureScheme;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.TestUser;
import org.securechat.testkit.memory.InMemoryChat;

/** Uploads, and JSON bodies of another limit, by a client that does everything else right. */
@Timeout(60)
class SignedStreamTest {
  private static final int MAX = 100_000;
  private static final String TARGET = "/files?filename=a+b";
  private static final String BODY = "0123456789";

  private final TestClock clock = TestClock.atNoon();
  private final TestUser alice = TestUser.named("alice");
  private final ChatPorts ports = InMemoryChat.ports(clock);
  private final SessionToken token = SessionToken.random(ports.random());
  private final List<String> read = new CopyOnWriteArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Connector connector =
      Connector.create(
          "127.0.0.1",
          0,
          new ResourceConfig().register(new Files(calls(), read)).register(new ProblemMapper()),
          ConnectorSettings.defaults(),
          status -> "{}".getBytes(StandardCharsets.US_ASCII));

  private SignedCalls calls() {
    Session session =
        Session.open(
            token, new UserId(1), SessionState.FULL, clock.instant(), "test", ports.random());
    VerifySignedRequest verify =
        new VerifySignedRequest(
            ports.signatures(), ports.stores().replays(), RequestSettings.defaults(), clock);
    OneSession sessions = new OneSession(new Caller(session, alice.identityKey()));
    return new SignedCalls(
        new AuthenticateCaller(
            verify, new SessionCache(sessions, clock), SessionSettings.defaults(), clock),
        new RequestLimit(1000, 1000, clock),
        1000,
        EnumSet.allOf(SignatureScheme.class),
        "http");
  }

  /** Reads a body as a use case does. */
  @Path("/")
  public static final class Files {
    private final SignedCalls calls;
    private final List<String> read;

    Files(SignedCalls calls, List<String> read) {
      this.calls = calls;
      this.read = read;
    }

    @POST
    @Path("files")
    public String upload(@Context ContainerRequestContext request) throws IOException {
      SignedCalls.VerifiedStream call =
          calls.authenticateStream(request, SignatureRule.BOUND_ONCE, Access.FULL_SESSIONS, MAX);
      byte[] body = call.body().readAllBytes();
      read.add(new String(body, StandardCharsets.UTF_8));
      if (!Sha256.of(body).equals(call.claimedDigest())) {
        throw RejectedException.of(Rejection.INVALID_SIGNATURE);
      }
      return body.length + " " + call.announcedLength().orElse(-1) + " " + call.data();
    }

    @POST
    @Path("large")
    public String large(@Context ContainerRequestContext request) {
      return calls.authenticateLarge(
          request,
          SignatureRule.BOUND_ONCE,
          Access.FULL_SESSIONS,
          MAX,
          call -> call.data().string("text").orElse("").length() + " characters");
    }
  }

  @BeforeEach
  void start() throws IOException {
    connector.start();
  }

  @AfterEach
  void stop() {
    http.close();
    connector.stop(Duration.ofMillis(10));
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.port() + target))
        .timeout(Duration.ofSeconds(20))
        .header("Cookie", SessionCookie.NAME + "=" + token.secretText());
  }

  private String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    String code = answer.body().replaceFirst("(?s).*\"code\":\"([a-z_]+)\".*", "$1");
    return answer.statusCode() + " " + code;
  }

  private static String data(String target, @Nullable String digest) {
    return "{\"_ctx\":{\"method\":\"POST\",\"path\":\""
        + target
        + "\",\"nonce\":\"0123456789abcdef\""
        + (digest == null ? "" : ",\"content_sha256\":\"" + digest + "\"")
        + "}}";
  }

  private HttpRequest.Builder enveloped(String data, String body) {
    return request(TARGET)
        .header("X-Signature-Data", alice.envelope(data, clock.instant()))
        .POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder messageSigned(String covered, String body) {
    HttpRequest.Builder request = request(TARGET).POST(BodyPublishers.ofString(body));
    alice
        .signMessage(new RequestLine("POST", TARGET), covered, clock.instant())
        .forEach(request::header);
    return request;
  }

  private static String hex(String body) {
    return Sha256.of(body.getBytes(StandardCharsets.UTF_8)).toHex();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", BODY})
  void upload_eitherScheme_isRead(String body) throws Exception {
    String expected = body.length() + " " + body.length() + " ";
    assertEquals(
        "200 " + expected + "JsonObject[_ctx]", send(enveloped(data(TARGET, hex(body)), body)));
    assertEquals("200 " + expected + "JsonObject[]", send(messageSigned(body, body)));
    assertEquals(List.of(body, body), read);
  }

  @Test
  void upload_digestInCapitals_isRead() throws Exception {
    String digest = hex(BODY).toUpperCase(Locale.ROOT);

    assertEquals("200 10 10 JsonObject[_ctx]", send(enveloped(data(TARGET, digest), BODY)));
  }

  @Test
  void upload_chunkedOfTheLimit_isReadAndOneMoreIsNot() throws Exception {
    String body = "x".repeat(MAX);
    assertEquals(
        "200 100000 -1 JsonObject[_ctx]",
        send(
            enveloped(data(TARGET, hex(body)), "")
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))));
    assertEquals(
        "413 too_large",
        send(
            enveloped(data(TARGET, hex(body)), "")
                .POST(
                    BodyPublishers.ofInputStream(() ->
                        new ByteArrayInputStream((body + "x").getBytes(StandardCharsets.UTF_8))))));
    assertEquals(List.of(body), read);
  }

  @Test
  void upload_announcedTooLarge_isRefusedUnreadAndUnjudged() throws Exception {
    assertEquals(
        "413 too_large", send(request(TARGET).POST(BodyPublishers.ofString("x".repeat(MAX + 1)))));
    assertEquals(List.of(), read);
  }

  @Test
  void upload_otherBody_isInvalid() throws Exception {
    assertEquals("401 invalid_signature", send(enveloped(data(TARGET, hex(BODY)), "other")));
    assertEquals("401 invalid_signature", send(messageSigned(BODY, "other")));
    assertEquals(List.of("other", "other"), read);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "00", "zz", "sha-256"})
  void upload_digestMissingOrOutOfForm_isInvalidUnread(@Nullable String digest) throws Exception {
    assertEquals("401 invalid_signature", send(enveloped(data(TARGET, digest), BODY)));
    assertEquals(List.of(), read);
  }

  @Test
  void upload_contentDigestMissingOrNotCovered_isInvalidUnread() throws Exception {
    Map<String, String> fields =
        alice.signMessage(new RequestLine("POST", TARGET), null, clock.instant());
    HttpRequest.Builder missing = request(TARGET).POST(BodyPublishers.ofString(BODY));
    fields.forEach(missing::header);

    assertEquals("401 invalid_signature", send(missing));
    assertEquals(
        "401 invalid_signature",
        send(missing.header("Content-Digest", TestUser.contentDigest(BODY))));
    assertEquals(List.of(), read);
  }

  @Test
  void upload_unsignedOrElsewhere_isRefusedUnread() throws Exception {
    assertEquals(
        "400 signature_required", send(request(TARGET).POST(BodyPublishers.ofString(BODY))));
    assertEquals("401 context_required", send(enveloped("{}", BODY)));
    assertEquals("401 invalid_signature", send(enveloped(data("/files", hex(BODY)), BODY)));
    assertEquals(
        "401 invalid_signature",
        send(
            request(TARGET)
                .header(
                    "X-Signature-Data",
                    TestUser.named("bob").envelope(data(TARGET, hex(BODY)), clock.instant()))
                .POST(BodyPublishers.ofString(BODY))));
    assertEquals(List.of(), read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/json", "multipart/form-data; boundary=x"})
  void upload_otherType_isUnsupported(String type) throws Exception {
    assertEquals(
        "415 unsupported_media_type",
        send(enveloped(data(TARGET, hex(BODY)), BODY).header("Content-Type", type)));
    assertEquals(List.of(), read);
  }

  @Test
  void upload_encoded_isUnsupported() throws Exception {
    assertEquals(
        "415 unsupported_media_type",
        send(enveloped(data(TARGET, hex(BODY)), BODY).header("Content-Encoding", "gzip")));
    assertTrue(
        send(enveloped(data(TARGET, hex(BODY)), BODY)
                .header("Content-Encoding", "identity")
                .header("Content-Type", "Application/Octet-Stream"))
            .startsWith("200"));
  }

  @Test
  void large_upToItsOwnLimit_isRead() throws Exception {
    String data = data("/large", null).replaceFirst("}$", "");
    String rest = ",\"text\":\"%s\"}";
    int frame = alice.envelope(data + rest.formatted(""), clock.instant()).length();

    for (int more = 0; more < 2; more++) {
      String text = "x".repeat(MAX - frame + more);
      String body = alice.envelope(data + rest.formatted(text), clock.instant());
      assertEquals(
          more == 0 ? "200 " + text.length() + " characters" : "413 too_large",
          send(
              request("/large")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body))));
    }
  }
}
