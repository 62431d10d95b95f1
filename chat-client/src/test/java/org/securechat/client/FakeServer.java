package org.securechat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SignatureException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.securechat.crypto.BouncyCastleSignatureVerifier;
import org.securechat.domain.identity.Base64Text;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;

/** A server on loopback that answers what a test tells it to, and keeps what it was asked. */
public final class FakeServer implements AutoCloseable {
  private static final Pattern ENVELOPE =
      Pattern.compile(
          "\\{\"data\":(\\{.*}),\"signature\":\"([0-9a-f]{128})\",\"timestamp\":([0-9]+)}",
          Pattern.DOTALL);
  private static final Pattern SIGNATURE_INPUT =
      Pattern.compile(
          "sig1=(\\((\"[^)]*\")\\);created=([0-9]+);nonce=\"([A-Za-z0-9+/=]+)\""
              + ";keyid=\"([0-9a-f]{64})\";alg=\"ed25519\")");

  /** A request as it came. */
  public record Request(
      String method, String target, Map<String, List<String>> headers, String body) {

    public Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().get(0))
          .findFirst();
    }

    String requiredHeader(String name) {
      return header(name).orElseThrow(() -> new AssertionError("no " + name));
    }

    boolean isEnvelope() {
      return header("Signature-Input").isEmpty();
    }

    /** The data, whichever way it is signed. */
    public String data() {
      if (!isEnvelope()) {
        return body;
      }
      Matcher envelope = ENVELOPE.matcher(envelope());
      return envelope.matches() ? envelope.group(1) : body;
    }

    long signedSecond() {
      Matcher matcher =
          isEnvelope()
              ? ENVELOPE.matcher(envelope())
              : SIGNATURE_INPUT.matcher(requiredHeader("Signature-Input"));
      if (!matcher.matches()) {
        throw new AssertionError("not signed");
      }
      return Long.parseLong(matcher.group(3));
    }

    private String envelope() {
      return body.isEmpty() ? header("X-Signature-Data").orElse("") : body;
    }

    /** Checks the signature as the contract has it, with nothing of the client's own code. */
    void verify(IdentityKey key) throws SignatureException {
      if (isEnvelope()) {
        verifyEnvelope(key);
      } else {
        verifyMessage(key);
      }
    }

    private void verifyEnvelope(IdentityKey key) throws SignatureException {
      String text = envelope();
      Matcher envelope = ENVELOPE.matcher(text);
      String context =
          "\"_ctx\":{\"method\":\"%s\",\"path\":\"%s\",\"nonce\":\"".formatted(method, target);
      if (!envelope.matches()
          || !envelope.group(1).contains(context)
          || (body.isEmpty() && !text.chars().allMatch(c -> c < 0x7f))) {
        throw new SignatureException("envelope");
      }
      String signed =
          "{\"data\":" + envelope.group(1) + ",\"timestamp\":" + envelope.group(3) + "}";
      new BouncyCastleSignatureVerifier()
          .verify(
              key,
              Sha256.of(signed.getBytes(UTF_8)).toByteArray(),
              Signature.parseHex(envelope.group(2)).orElseThrow());
    }

    private void verifyMessage(IdentityKey key) throws SignatureException {
      Matcher input = SIGNATURE_INPUT.matcher(requiredHeader("Signature-Input"));
      if (!input.matches()
          || Base64Text.decode(input.group(4)).length < 16
          || !input.group(5).equals(Sha256.of(key.toSpki()).toHex())) {
        throw new SignatureException("Signature-Input");
      }
      int question = target.indexOf('?');
      String path = question < 0 ? target : target.substring(0, question);
      String components = "\"@method\" \"@path\"";
      String base = "\"@method\": " + method + "\n\"@path\": " + path + "\n";
      if (question >= 0) {
        components += " \"@query\"";
        base += "\"@query\": " + target.substring(question) + "\n";
      }
      if (!body.isEmpty()) {
        String digest =
            "sha-256=:" + Base64Text.encode(Sha256.of(body.getBytes(UTF_8)).toByteArray()) + ":";
        if (!digest.equals(requiredHeader("Content-Digest"))) {
          throw new SignatureException("Content-Digest");
        }
        components += " \"content-digest\"";
        base += "\"content-digest\": " + digest + "\n";
      }
      if (!input.group(2).equals(components)) {
        throw new SignatureException(input.group(2));
      }
      String signature = requiredHeader("Signature");
      new BouncyCastleSignatureVerifier()
          .verify(
              key,
              (base + "\"@signature-params\": " + input.group(1)).getBytes(UTF_8),
              Signature.copyOf(Base64Text.decode(signature.substring(6, signature.length() - 1))));
    }
  }

  /** An answer. */
  public record Reply(int status, Map<String, String> headers, String body) {
    public static Reply json(int status, String body) {
      return new Reply(status, Map.of(), body);
    }

    public static Reply refusal(int status, String code) {
      return refusal(status, code, "");
    }

    public static Reply refusal(int status, String code, String moreMembers) {
      return json(
          status,
          "{\"type\":\"about:blank\",\"title\":\"Refused\",\"status\":%s,\"code\":\"%s\",\"error\":\"No: %s\"%s}"
              .formatted(status, code, code, moreMembers));
    }

    public Reply with(String header, String value) {
      return new Reply(status, Map.of(header, value), body);
    }

    public Reply withCookie(String value) {
      return with(
          "Set-Cookie",
          "secure_chat_session=" + value + "; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax");
    }
  }

  /** What a test answers. */
  public interface Script {
    Reply answer(Request request) throws Exception;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  public FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on, and in place of what was there before. */
  public void on(String methodAndTarget, Script script) {
    scripts.put(methodAndTarget, script);
  }

  /** What is answered so far, to be wrapped into something else. */
  public Script script(String methodAndTarget) {
    return Objects.requireNonNull(scripts.get(methodAndTarget));
  }

  /** What came, oldest first. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public Request last() {
    return requests.get(requests.size() - 1);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(exchange.getRequestHeaders()),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      requests.add(request);
      Reply reply = answer(scripts.get(request.method() + " " + request.target()), request);
      reply.headers().forEach(exchange.getResponseHeaders()::add);
      byte[] body = reply.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Reply answer(@Nullable Script script, Request request) {
    if (script == null) {
      return Reply.refusal(404, "not_found");
    }
    try {
      return script.answer(request);
    } catch (Exception | AssertionError e) {
      return Reply.json(599, "{\"code\":\"script\",\"error\":\"" + e + "\"}");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
