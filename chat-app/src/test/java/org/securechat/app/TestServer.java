package org.securechat.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** A whole server on a free port of loopback, with a database of its own. */
final class TestServer implements AutoCloseable {
  private final Server server;

  private TestServer(Server server) {
    this.server = server;
  }

  /** On a SQLite file of the folder. */
  static TestServer start(Path folder, Clock clock) {
    return start(folder, clock, Map.of());
  }

  /** With settings beside those that make it a test's, such as those of a {@link TestDatabase}. */
  static TestServer start(Path folder, Clock clock, Map<String, String> more) {
    Configuration configuration = Configuration.of(settings(folder, more));
    Logging.configure(configuration.environment(), configuration.logLevel());
    return new TestServer(Server.start(configuration, clock));
  }

  static Settings settings(Path folder, Map<String, String> more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "CHAT_ENV", "testing",
                "PORT", "0",
                "LOG_LEVEL", "warn",
                "DATABASE_URL", "sqlite:///" + folder.resolve("chat.db")));
    environment.putAll(more);
    return Settings.of(environment, new Properties());
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Where metrics are told, if the settings say so. */
  String metricsUrl() {
    String description = server.description();
    return description.substring(description.indexOf("metrics on ") + "metrics on ".length());
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }
}
