package org.securechat.client.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.securechat.client.failure.ChatException;
import org.securechat.client.failure.RefusalCode;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.UnavailableException;
import org.securechat.client.failure.UnreachableException;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.protocol.key.IdentityKeyPair;

/**
 * Sends calls to one server. What changes anything is sent once, but for one case: a server that
 * finds the signed time out of range says its own, and the call is signed anew with that, if it is
 * within 24 hours of this device's. What it refused it has not done. A GET whose connection breaks
 * may be repeated by {@code java.net.http}. Safe for use by many threads.
 */
public final class HttpApi {
  private static final int SERVER_ERROR = 500;
  private static final int LEAST_BYTES_PER_MILLI = 32;
  private static final int MAX_NAME = 64;
  private static final int MAX_SENTENCE = 512;
  private static final int MAX_FIELDS = 64;
  private static final long YEAR_2020 = 1_577_836_800;
  private static final long YEAR_2100 = 4_102_444_800L;
  private static final int MAX_RETRY_SECONDS = 7 * 24 * 3600;

  private final ServerAddress server;
  private final HttpSettings settings;
  private final HttpClient http;
  private final RequestSigner signer;
  private final ServerClock clock;

  /**
   * Connects to nothing yet.
   *
   * @throws InvalidValueException for plain HTTP where the settings don't allow it
   */
  public HttpApi(ServerAddress server, HttpSettings settings, Clock clock, RandomSource random) {
    if (!server.isPrivate() && !settings.plainHttp()) {
      throw new InvalidValueException("Plain HTTP to another machine is not allowed: use https");
    }
    this.server = server;
    this.settings = settings;
    this.clock = new ServerClock(clock);
    this.signer =
        settings.scheme() == SignatureScheme.RFC9421
            ? new HttpMessageSigner(random)
            : new EnvelopeSigner(random);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .build();
  }

  /** This device's clock, set right by the server's where that differs. */
  public Clock clock() {
    return clock.asClock();
  }

  /** Sends a call that nobody signs. */
  public Answer send(Call call) {
    String body = call.data().map(JsonMembers::text).orElse(null);
    return exchange(call, new SignedCall(Map.of(), body), null, settings.maxAnswerBytes());
  }

  /** Sends a call signed by an identity, in a session if there is one. */
  public Answer send(Call call, IdentityKeyPair identity, Optional<SessionCookie> session) {
    return send(call, identity, session, settings.maxAnswerBytes());
  }

  /** The same, for an answer that may be longer than others. */
  public Answer send(
      Call call, IdentityKeyPair identity, Optional<SessionCookie> session, int maxAnswerBytes) {
    SessionCookie cookie = session.orElse(null);
    return signed(call, identity, signed -> exchange(call, signed, cookie, maxAnswerBytes));
  }

  /** Once more where the server says that the time is wrong, and its own. */
  private <T> T signed(Call call, IdentityKeyPair identity, Function<SignedCall, T> exchange) {
    Instant signed = clock.now();
    try {
      return exchange.apply(signer.sign(call, identity, signed));
    } catch (RefusedException e) {
      if (e.code() != RefusalCode.TIMESTAMP_OUT_OF_RANGE
          || e.serverTime().filter(time -> clock.correct(signed, time)).isEmpty()) {
        throw e;
      }
      return exchange.apply(signer.sign(call, identity, clock.now()));
    }
  }

  private Answer exchange(
      Call call, SignedCall signed, @Nullable SessionCookie cookie, int maxAnswerBytes) {
    HttpResponse<byte[]> response =
        receive(request(call, signed, cookie), patience(call), maxAnswerBytes);
    if (response.statusCode() / 100 != 2) {
      throw refusal(response.statusCode(), response.headers(), response.body());
    }
    SessionCookie newCookie =
        response.headers().allValues("Set-Cookie").stream()
            .flatMap(header -> SessionCookie.read(header).stream())
            .findFirst()
            .orElse(null);
    return new Answer(response.body(), newCookie);
  }

  /** A file may take as long as its bytes do; a long poll, as long as it was asked to wait. */
  private Duration patience(Call call) {
    long fileMillis = call.file().map(FileBody::length).orElse(0L) / LEAST_BYTES_PER_MILLI;
    return settings.answerTimeout().plusMillis(fileMillis).plus(call.patience());
  }

  private HttpRequest request(Call call, SignedCall signed, @Nullable SessionCookie cookie) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(call.target()))
            .header("Accept", "application/json")
            .header("User-Agent", "secure-chat-client");
    signed.headers().forEach(request::header);
    if (cookie != null) {
      request.header("Cookie", cookie.header());
    }
    if (call.file().isPresent()) {
      return request
          .header("Content-Type", "application/octet-stream")
          .method(call.method(), publisher(call.file().get()))
          .build();
    }
    if (signed.body() == null) {
      return request.method(call.method(), HttpRequest.BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(call.method(), HttpRequest.BodyPublishers.ofString(signed.body()))
        .build();
  }

  private static HttpRequest.BodyPublisher publisher(FileBody file) {
    return HttpRequest.BodyPublishers.fromPublisher(
        HttpRequest.BodyPublishers.ofInputStream(file.content()), file.length());
  }

  /**
   * Sends a call whose answer is a file, and gives out its bytes while they come; that none comes
   * for as long as an answer may take, or that all of them take longer than that and their time at
   * 32 bytes a millisecond, is an IOException.
   *
   * @param maxBytes the longest answer that is read; one byte more is an IOException
   */
  public InputStream download(
      Call call, IdentityKeyPair identity, Optional<SessionCookie> session, long maxBytes) {
    SessionCookie cookie = session.orElse(null);
    return signed(call, identity, signed -> open(request(call, signed, cookie), maxBytes));
  }

  private InputStream open(HttpRequest request, long maxBytes) {
    HttpResponse<InputStream> response =
        await(http.sendAsync(request, this::fileOrRefusal), settings.answerTimeout());
    InputStream body = response.body();
    if (response.statusCode() / 100 == 2) {
      return new BoundedStream(
          new PatientStream(body, settings.answerTimeout(), LEAST_BYTES_PER_MILLI), maxBytes);
    }
    try (body) {
      throw refusal(response.statusCode(), response.headers(), body.readAllBytes());
    } catch (IOException e) {
      throw new UnreachableException("The answer broke off", e);
    }
  }

  /** A refusal comes whole, in the time of an answer. */
  private HttpResponse.BodySubscriber<InputStream> fileOrRefusal(HttpResponse.ResponseInfo head) {
    return head.statusCode() / 100 == 2
        ? HttpResponse.BodySubscribers.ofInputStream()
        : HttpResponse.BodySubscribers.mapping(
            new BoundedBody(settings.maxAnswerBytes()), ByteArrayInputStream::new);
  }

  private HttpResponse<byte[]> receive(HttpRequest request, Duration patience, int maxAnswerBytes) {
    return await(http.sendAsync(request, head -> new BoundedBody(maxAnswerBytes)), patience);
  }

  private static <T> HttpResponse<T> await(
      CompletableFuture<HttpResponse<T>> exchange, Duration patience) {
    try {
      return exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new UnreachableException("The server did not answer in time", e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new UnreachableException("Interrupted while waiting for the server", e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static ChatException failure(@Nullable Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof UntrustedAnswerException untrusted) {
        return untrusted;
      }
    }
    if (cause instanceof IOException) {
      return new UnreachableException("The server can't be reached", cause);
    }
    return new UnreachableException("The request could not be sent", cause);
  }

  private static ChatException refusal(int status, HttpHeaders headers, byte[] body) {
    Duration retryAfter = retryAfter(headers).orElse(null);
    String code = "";
    String sentence = "Refused with status " + status;
    Map<String, String> fields = Map.of();
    Instant serverTime = null;
    try {
      JsonObject problem = JsonObject.parse(body);
      code = ServerText.plain(problem.optionalText("code").orElse(""), MAX_NAME);
      sentence = ServerText.plain(problem.optionalText("error").orElse(sentence), MAX_SENTENCE);
      fields = problem.optionalObject("fields").map(HttpApi::fields).orElse(Map.of());
      serverTime = problem.optionalNumber("server_time").flatMap(HttpApi::time).orElse(null);
    } catch (UntrustedAnswerException e) {
      // Something between us and the server, such as a proxy, says so in its own words.
    }
    return status >= SERVER_ERROR
        ? new UnavailableException(status, code, sentence, retryAfter)
        : new RefusedException(status, code, sentence, fields, retryAfter, serverTime);
  }

  private static Map<String, String> fields(JsonObject fields) {
    Map<String, String> plain = new LinkedHashMap<>();
    for (Map.Entry<String, String> field : fields.textMembers().entrySet()) {
      if (plain.size() < MAX_FIELDS) {
        plain.put(
            ServerText.plain(field.getKey(), MAX_NAME),
            ServerText.plain(field.getValue(), MAX_SENTENCE));
      }
    }
    return plain;
  }

  /** A time that a clock can have. */
  private static Optional<Instant> time(long epochSecond) {
    return epochSecond >= YEAR_2020 && epochSecond < YEAR_2100
        ? Optional.of(Instant.ofEpochSecond(epochSecond))
        : Optional.empty();
  }

  private static Optional<Duration> retryAfter(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .filter(value -> value.matches("[0-9]{1,9}"))
        .map(Integer::parseInt)
        .map(seconds -> Duration.ofSeconds(Math.min(seconds, MAX_RETRY_SECONDS)));
  }
}
