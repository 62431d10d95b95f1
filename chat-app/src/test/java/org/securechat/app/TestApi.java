package org.securechat.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.securechat.http.signature.SignatureScheme;

/** Sends what it is told to and shows what came back; keeps the cookie, as a browser does. */
final class TestApi {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String COOKIE = "secure_chat_session";

  private String url;
  private @Nullable String cookie;

  TestApi(String url) {
    this.url = url;
  }

  /** An answer: its members by their path, such as {@code user.id}, as text. */
  record Answer(int status, Map<String, String> body, HttpResponse<String> response) {

    String get(String path) {
      String value = body.get(path);
      if (value == null) {
        throw new AssertionError("no " + path + " in " + response.body());
      }
      return value;
    }

    String code() {
      return status + " " + body.getOrDefault("code", "");
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }
  }

  /** The same client, with its cookie, talking to a server that has moved. */
  TestApi at(String newUrl) {
    url = newUrl;
    return this;
  }

  Optional<String> cookie() {
    return Optional.ofNullable(cookie);
  }

  void useCookie(@Nullable String value) {
    cookie = value;
  }

  Answer post(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Posts data that an account signs now. */
  Answer post(String path, TestAccount account, String data, SignatureScheme scheme) {
    return switch (scheme) {
      case ENVELOPE -> post(path, account.sign(data));
      case RFC9421 -> post(path, data, account.signMessage("POST", path, data));
    };
  }

  /** Posts a body with header fields, by name. */
  Answer post(String path, String body, Map<String, String> fields) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    fields.forEach(request::header);
    return send(request);
  }

  /** Sends a request that an account signs now, bound to its place. */
  Answer call(
      TestAccount account,
      String method,
      String path,
      @Nullable String data,
      SignatureScheme scheme) {
    HttpRequest.Builder request = request(path);
    if (scheme == SignatureScheme.RFC9421) {
      account.signMessage(method, path, data).forEach(request::header);
    }
    if (data != null) {
      String body =
          scheme == SignatureScheme.RFC9421
              ? data
              : account.sign(TestAccount.bound(method, path, data));
      request.header("Content-Type", "application/json");
      return send(request.method(method, HttpRequest.BodyPublishers.ofString(body)));
    }
    if (scheme == SignatureScheme.ENVELOPE) {
      request.header("X-Signature-Data", account.sign(TestAccount.bound(method, path, "{}")));
    }
    return send(request.method(method, HttpRequest.BodyPublishers.noBody()));
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
  }

  Answer send(HttpRequest.Builder request) {
    if (cookie != null) {
      request.header("Cookie", COOKIE + "=" + cookie);
    }
    HttpResponse<String> response;
    try {
      response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    response.headers().allValues("Set-Cookie").forEach(this::keep);
    return new Answer(response.statusCode(), members(response.body()), response);
  }

  private void keep(String setCookie) {
    String value = setCookie.substring(setCookie.indexOf('=') + 1, setCookie.indexOf(';'));
    cookie = value.isEmpty() ? null : value;
  }

  /** The texts and numbers in a JSON object, by their path. */
  static Map<String, String> members(String json) {
    Map<String, String> members = new TreeMap<>();
    if (!json.startsWith("{")) {
      return members;
    }
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      JsonToken token;
      while ((token = parser.nextToken()) != null) {
        if (token.isScalarValue()) {
          members.put(
              parser.getParsingContext().pathAsPointer().toString().substring(1).replace('/', '.'),
              parser.getText());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return members;
  }
}
