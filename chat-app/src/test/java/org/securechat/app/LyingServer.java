package org.securechat.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.securechat.testkit.wire.WireJson;

/**
 * Stands between clients and the real server, and lies: passes requests on as they are, and answers
 * as it is told. Signatures cover method, path and body, so the real server accepts what it passes
 * on. Without a lie it is honest.
 */
final class LyingServer implements AutoCloseable {
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "host", "content-length", "transfer-encoding", "date");

  private final String honest;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Lie> lies = new CopyOnWriteArrayList<>();

  /** An answer on its way. */
  static final class Told {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    Told(int status, Map<String, List<String>> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    static Told problem(int status, String code, Map<String, List<String>> headers) {
      String body =
          "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":%d,\"code\":\"%s\",\"error\":\"x\"}"
              .formatted(status, code);
      return new Told(status, headers, body.getBytes(UTF_8));
    }

    byte[] body() {
      return body.clone();
    }

    Told with(byte[] other) {
      return new Told(status, headers, other);
    }

    Told with(UnaryOperator<String> change) {
      return with(change.apply(new String(body, UTF_8)).getBytes(UTF_8));
    }
  }

  /** What a lie has to go by. */
  record Asked(String method, String target, String body) {}

  /** Whether something is asked of an address with this part. */
  static Predicate<Asked> gets(String part) {
    return asked -> asked.method().equals("GET") && asked.target().contains(part);
  }

  /** Makes an answer; the honest one costs a call. */
  interface Lie {
    /** The answer to give, or the honest one. */
    Told answer(Asked asked, Honest honest) throws IOException;
  }

  /** Asks the real server. */
  interface Honest {
    Told ask() throws IOException;
  }

  private LyingServer(String honest) throws IOException {
    this.honest = honest;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static LyingServer before(TestServer honest) {
    try {
      return new LyingServer(honest.url());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Lies from now on, after the lies before, and about what is still waited for, too. */
  void tell(Lie lie) {
    lies.add(lie);
  }

  /** Changes the text of answers. */
  void change(Predicate<Asked> when, UnaryOperator<String> change) {
    tell((asked, real) -> when.test(asked) ? real.ask().with(change) : real.ask());
  }

  /** Leaves members out of answers. */
  void takeAway(String part, String... members) {
    change(
        gets(part), rewriting(answer -> List.of(members).forEach(name -> answer.put(name, null))));
  }

  /** Changes the members of an answer that is a JSON object. */
  @SuppressWarnings("unchecked")
  static UnaryOperator<String> rewriting(Consumer<Map<String, @Nullable Object>> change) {
    return text -> {
      Map<String, @Nullable Object> answer =
          new LinkedHashMap<>((Map<String, @Nullable Object>) object(WireJson.read(text)));
      change.accept(answer);
      return WireJson.write(answer);
    };
  }

  /** Changes a list in the answers that come from an address with this part. */
  void changeItems(String part, String name, Consumer<List<Map<String, @Nullable Object>>> change) {
    change(
        gets(part),
        rewriting(answer -> {
          List<Map<String, @Nullable Object>> items = new ArrayList<>();
          for (Map<String, @Nullable Object> item : items(answer, name)) {
            items.add(new LinkedHashMap<>(item));
          }
          change.accept(items);
          answer.put(name, items);
        }));
  }

  static Object object(@Nullable Object value) {
    if (value == null) {
      throw new AssertionError("null");
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, @Nullable Object>> items(
      Map<String, @Nullable Object> answer, String name) {
    return (List<Map<String, @Nullable Object>>) object(answer.get(name));
  }

  void beHonest() {
    lies.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Asked asked =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toASCIIString(),
              new String(body, UTF_8));
      Told told;
      try {
        List<Lie> before = List.copyOf(lies);
        Told waitedFor = lied(before, asked, () -> forward(exchange, body));
        List<Lie> since = new ArrayList<>(lies);
        since.removeAll(before);
        told = lied(since, asked, () -> waitedFor);
      } catch (BrokenOffException e) {
        return; // closes the connection without an answer
      }
      told.headers.forEach((name, values) -> {
        if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
          exchange.getResponseHeaders().put(name, values);
        }
      });
      exchange.sendResponseHeaders(told.status, told.body.length == 0 ? -1 : told.body.length);
      exchange.getResponseBody().write(told.body);
    }
  }

  private static Told lied(List<Lie> lies, Asked asked, Honest honest) throws IOException {
    Honest answer = honest;
    for (Lie lie : lies) {
      Honest before = answer;
      answer = () -> lie.answer(asked, before);
    }
    return answer.ask();
  }

  /** The answer gets lost, whether the request was passed on or not. */
  static final class BrokenOffException extends IOException {}

  private Told forward(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(honest + exchange.getRequestURI().toASCIIString()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))
              && !name.equalsIgnoreCase("Upgrade")
              && !name.equalsIgnoreCase("Http2-settings")) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Told(response.statusCode(), response.headers().map(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
