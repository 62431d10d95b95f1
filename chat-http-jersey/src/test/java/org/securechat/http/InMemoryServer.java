package org.securechat.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.glassfish.jersey.server.ResourceConfig;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.SecureChat;
import org.securechat.http.answer.Json;
import org.securechat.http.answer.Problem;
import org.securechat.http.call.RequestLimit;
import org.securechat.http.call.TrustedProxies;
import org.securechat.http.connector.Connector;
import org.securechat.http.connector.ConnectorSettings;
import org.securechat.http.signature.SignatureScheme;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.memory.InMemoryChat;

/** The API on a free port of loopback, with everything it needs on the heap. */
final class InMemoryServer implements AutoCloseable {
  private final TestClock clock = TestClock.atNoon();
  private final SecureChat chat;
  private final Connector connector;

  private InMemoryServer(ChatSettings settings, UnaryOperator<ChatPorts> ports) {
    chat = new SecureChat(ports.apply(InMemoryChat.ports(clock)), settings);
    ChatApi api =
        new ChatApi(
            chat,
            settings,
            new HttpSettings(
                "test",
                Set.of(),
                false,
                HttpSettings.DEFAULT_MAX_BODY_BYTES,
                HttpSettings.DEFAULT_MAX_KEYS_BODY_BYTES,
                Set.of(SignatureScheme.values()),
                TrustedProxies.of(List.of())),
            new RequestLimit(RequestLimit.DEFAULT_BURST, RequestLimit.DEFAULT_PER_SECOND, clock),
            () -> true,
            clock);
    connector =
        Connector.create(
            "127.0.0.1",
            0,
            new ResourceConfig().registerInstances(api.instances()),
            ConnectorSettings.defaults(),
            status -> Json.bytes(Problem.ofStatus(status)));
  }

  static InMemoryServer start(ChatSettings settings) {
    return start(settings, UnaryOperator.identity());
  }

  /** With other ports in the place of some. */
  static InMemoryServer start(ChatSettings settings, UnaryOperator<ChatPorts> ports) {
    InMemoryServer server = new InMemoryServer(exceptLoopback(settings), ports);
    try {
      server.connector.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return server;
  }

  /** All users of a test come from one address. */
  private static ChatSettings exceptLoopback(ChatSettings settings) {
    return new ChatSettings(
        settings.requests(),
        settings.sessions(),
        settings.registrations(),
        settings.credentials().exceptLoopback(),
        settings.blocks(),
        settings.conversations(),
        settings.timeline(),
        settings.files(),
        settings.sync());
  }

  String url() {
    return "http://127.0.0.1:" + connector.port();
  }

  TestClock clock() {
    return clock;
  }

  SecureChat chat() {
    return chat;
  }

  @Override
  public void close() {
    chat.sync().endWaits();
    connector.stop(Duration.ofMillis(100));
  }
}
