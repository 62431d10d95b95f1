package org.securechat.benchmarks.scenario;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.glassfish.jersey.server.ResourceConfig;
import org.securechat.benchmarks.http.Target;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.SecureChat;
import org.securechat.http.ChatApi;
import org.securechat.http.HttpSettings;
import org.securechat.http.call.RequestLimit;
import org.securechat.http.call.TrustedProxies;
import org.securechat.http.connector.Connector;
import org.securechat.http.connector.ConnectorSettings;
import org.securechat.http.signature.SignatureScheme;
import org.securechat.testkit.memory.InMemoryChat;

/** The real API in this process, with stores in memory. */
final class InMemoryServer {
  private final Connector connector;

  /**
   * Prepares one.
   *
   * @param burst so many requests of each user are answered, and no more
   */
  InMemoryServer(int burst) {
    Clock clock = Clock.systemUTC();
    ChatSettings settings = ChatSettings.defaults();
    ChatApi api =
        new ChatApi(
            new SecureChat(InMemoryChat.ports(clock), settings),
            settings,
            new HttpSettings(
                "test",
                Set.of(),
                false,
                HttpSettings.DEFAULT_MAX_BODY_BYTES,
                HttpSettings.DEFAULT_MAX_KEYS_BODY_BYTES,
                Set.of(SignatureScheme.ENVELOPE),
                TrustedProxies.of(List.of())),
            new RequestLimit(burst, 1, Clock.fixed(clock.instant(), clock.getZone())),
            () -> true,
            clock);
    connector =
        Connector.create(
            "127.0.0.1",
            0,
            new ResourceConfig().registerInstances(api.instances()),
            ConnectorSettings.defaults(),
            status -> new byte[0]);
  }

  void start() throws IOException {
    connector.start();
  }

  Target target() {
    return new Target(connector.port(), ProcessHandle.current());
  }

  void stop() {
    connector.stop();
  }
}
