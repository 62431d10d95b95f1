package org.securechat.testkit.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.request.RequestLine;
import org.securechat.testkit.TestUser;
import org.securechat.testkit.memory.HmacTotpCodes;
import org.securechat.testkit.memory.JdkRandomSource;

/** Somebody who signs requests and keeps the cookie. */
public final class WireUser {
  /** Less than the longest wait for events, so that nobody takes its end for an event. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final WireWorld world;
  private final TestUser key;
  private volatile @Nullable String cookie;
  private long id;

  WireUser(WireWorld world, TestUser key) {
    this.world = world;
    this.key = key;
  }

  /** Takes an id, which may be nobody's. */
  public WireUser withId(long given) {
    id = given;
    return this;
  }

  /** Registers, but for the last step; returns the secret of the second factor. */
  public String beginRegistration() {
    return post("/api/register", registration()).expect(200).text("secret");
  }

  /** The data of a registration. */
  public Map<String, @Nullable Object> registration() {
    return WireJson.object(
        "email", key.email(),
        "username", key.name(),
        "password_hash", key.passwordHash(),
        "encrypted_private_key", Base64Text.encode(key.encryptedPrivateKey().toByteArray()),
        "public_key", key.identityKey().toPem(),
        "encryption_iv", key.profile().encryptionIv().hex());
  }

  /** The last step of a registration with this secret. */
  public WireAnswer confirmRegistration(String secret) {
    String code =
        new HmacTotpCodes(new JdkRandomSource())
            .codeAt(TotpSecret.parse(secret), TotpStep.at(world.instant()))
            .secretText();
    WireAnswer registered =
        post("/api/register/verify-2fa", WireJson.object("totp_code", code)).expect(201);
    id = registered.number("user.id");
    return registered;
  }

  /** The same user in the same session, at another server of the same stores. */
  public WireUser at(WireWorld other) {
    WireUser same = new WireUser(other, key).withId(id);
    same.cookie = cookie;
    return same;
  }

  /** The same user on another device, which has no session. */
  public WireUser elsewhere() {
    return new WireUser(world, key).withId(id);
  }

  public long id() {
    return id;
  }

  public String name() {
    return key.name();
  }

  public TestUser key() {
    return key;
  }

  /** The identity key as statements have it. */
  public String keyHex() {
    return HexFormat.of().formatHex(key.identityKey().toByteArray());
  }

  public WireAnswer get(String path) {
    return send(prepare("GET", path, null));
  }

  /** Gets with header fields beside those of the signature, names and values in turn. */
  public WireAnswer get(String path, String... fields) {
    return send(prepare("GET", path, null).headers(fields));
  }

  public WireAnswer head(String path) {
    return send(prepare("HEAD", path, null));
  }

  public WireAnswer post(String path, Map<String, @Nullable Object> data) {
    return post(path, WireJson.write(data));
  }

  /** Posts data that is a JSON object's text. */
  public WireAnswer post(String path, String data) {
    return send(prepare("POST", path, data));
  }

  /** Posts bytes. */
  public WireAnswer upload(String path, byte[] body) {
    return upload(path, body, Sha256.of(body));
  }

  /** Posts bytes that are said to have another digest. */
  public WireAnswer upload(String path, byte[] body, Sha256 promised) {
    return send(prepareUpload(path, body, promised));
  }

  /** An upload that is signed now; it may be sent more than once. */
  public HttpRequest.Builder prepareUpload(String path, byte[] body) {
    return prepareUpload(path, body, Sha256.of(body));
  }

  private HttpRequest.Builder prepareUpload(String path, byte[] body, Sha256 promised) {
    return prepareUpload(path, BodyPublishers.ofByteArray(body), promised);
  }

  /** The same of bytes that are not all there at once, with this digest. */
  public HttpRequest.Builder prepareUpload(String path, BodyPublisher body, Sha256 promised) {
    Instant now = world.instant();
    HttpRequest.Builder request = request(path);
    if (world.scheme() == WireScheme.ENVELOPE) {
      request.header(
          "X-Signature-Data", key.envelope(bound("POST", path, "{}", promised.toHex()), now));
    } else {
      key.signStream(new RequestLine("POST", path), promised, now).forEach(request::header);
    }
    return request.header("Content-Type", "application/octet-stream").POST(body);
  }

  /** The same, without saying how much there is. */
  public HttpRequest.Builder prepareChunkedUpload(String path, byte[] body) {
    return prepareUpload(path, body)
        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
  }

  /** A request that is signed now; it may be sent more than once. */
  public HttpRequest.Builder prepare(String method, String path, @Nullable String data) {
    Instant now = world.instant();
    HttpRequest.Builder request = request(path);
    String body = data;
    if (world.scheme() == WireScheme.RFC9421) {
      key.signMessage(new RequestLine(method, path), data, now).forEach(request::header);
    } else {
      String envelope = key.envelope(bound(method, path, data == null ? "{}" : data, null), now);
      if (data == null) {
        request.header("X-Signature-Data", envelope);
      } else {
        body = envelope;
      }
    }
    if (body == null) {
      return request.method(method, BodyPublishers.noBody());
    }
    return request
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body));
  }

  /** A request without any signature. */
  public HttpRequest.Builder prepareUnsigned(String method, String path, BodyPublisher body) {
    return request(path).method(method, body);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(world.uri(path)).timeout(PATIENCE);
  }

  /** Data that names its place. */
  private static String bound(
      String method, String path, String data, @Nullable String contentSha256) {
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("method", method);
    context.put("path", path);
    context.put("nonce", UUID.randomUUID().toString().replace("-", ""));
    if (contentSha256 != null) {
      context.put("content_sha256", contentSha256);
    }
    return "{\"_ctx\":"
        + WireJson.write(context)
        + (data.equals("{}") ? "}" : "," + data.substring(1));
  }

  public WireAnswer send(HttpRequest.Builder request) {
    return new WireAnswer(send(request, BodyHandlers.ofByteArray()));
  }

  /** Sends a request whose answer is taken as it comes. */
  public <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
    world.passTime();
    try {
      HttpResponse<T> response = HTTP.send(inSession(request).build(), handler);
      response.headers().allValues("Set-Cookie").forEach(this::keep);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The same request with the cookie. */
  public HttpRequest.Builder inSession(HttpRequest.Builder request) {
    HttpRequest.Builder own = request.copy();
    if (cookie != null) {
      own.setHeader("Cookie", "secure_chat_session=" + cookie);
    }
    return own;
  }

  private void keep(String setCookie) {
    cookie = setCookie.substring(setCookie.indexOf('=') + 1, setCookie.indexOf(';'));
  }

  /** The hex signature over a text. */
  public String sign(String text) {
    return key.sign(text.getBytes(StandardCharsets.US_ASCII)).toHex();
  }

  @Override
  public String toString() {
    return name();
  }
}
