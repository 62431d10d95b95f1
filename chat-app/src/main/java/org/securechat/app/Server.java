package org.securechat.app;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.glassfish.jersey.server.ResourceConfig;
import org.securechat.domain.SecureChat;
import org.securechat.http.ChatApi;
import org.securechat.http.HttpSettings;
import org.securechat.http.RequestMeter;
import org.securechat.http.answer.Json;
import org.securechat.http.answer.Problem;
import org.securechat.http.call.RequestLimit;
import org.securechat.http.connector.Connector;
import org.securechat.http.connector.ConnectorSettings;
import org.securechat.http.connector.ErrorBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole server, put together by hand: read {@link #start} from top to bottom and you have seen
 * all of it. Stops in the reverse order of its start.
 */
final class Server implements AutoCloseable {
  private static final Duration HEALTH_PATIENCE = Duration.ofSeconds(2);

  private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);

  /** How often other processes' changes are looked for. */
  private static final Duration POLL = Duration.ofMillis(400);

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Deque<Runnable> stops = new ArrayDeque<>();
  private final Configuration configuration;
  private String description = "";
  private int port;

  private Server(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws ConfigurationException if the set-up does not allow it; nothing is left running
   */
  static Server start(Configuration configuration, Clock clock) {
    Server server = new Server(configuration);
    try {
      server.start(clock);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void start(Clock clock) {
    // Jersey takes as long to load as the database to open.
    Thread.ofPlatform().daemon().start(Connector::load);
    Databases.prepare(configuration.database());
    onStop(Databases.lock(configuration.database()));
    Backend backend = Backend.open(configuration, clock);
    onStop(backend::close);
    keepHouse(backend.chat());
    if (configuration.database().isShared()) {
      listenToOthers(backend.chat());
    }
    RequestLimit requestsPerUser =
        new RequestLimit(
            configuration.requestsPerUser().burst(),
            configuration.requestsPerUser().perSecond(),
            clock);
    Optional<Metrics> metrics =
        configuration
            .metrics()
            .map(address -> new Metrics(Version.number(), backend, requestsPerUser));

    ChatApi api =
        new ChatApi(
            backend.chat(),
            configuration.chat(),
            new HttpSettings(
                Version.number(),
                configuration.corsOrigins(),
                configuration.secureCookies(),
                configuration.maxBodyBytes(),
                configuration.maxKeysBodyBytes(),
                configuration.schemes(),
                configuration.trustedProxies()),
            requestsPerUser,
            () -> backend.database().answers(HEALTH_PATIENCE),
            clock);
    listen(api, metrics);
    onStop(backend.chat().sync()::endWaits); // or the requests in flight take half a minute
    description =
        "Secure Chat %s on http://%s:%d, %s, Ed25519 by %s%s"
            .formatted(
                Version.number(),
                configuration.host(),
                port,
                configuration.database(),
                backend.verifierName(),
                metrics
                    .flatMap(told -> configuration.metrics().map(address -> tell(told, address)))
                    .orElse(""));
  }

  private void listen(ChatApi api, Optional<Metrics> metrics) {
    ResourceConfig application = new ResourceConfig().registerInstances(api.instances());
    metrics.ifPresent(told -> application.register(new RequestMeter(told)));
    ErrorBody errors = status -> Json.bytes(Problem.ofStatus(status));
    Connector connector =
        Connector.create(
            configuration.host(),
            configuration.port(),
            application,
            ConnectorSettings.defaults(),
            metrics.map(told -> told.counting(errors)).orElse(errors));
    start(connector, configuration.host(), configuration.port(), "");
    port = connector.port();
    metrics.ifPresent(told -> told.watch(connector));
  }

  /** Starts to tell metrics; returns where, for the description. */
  private String tell(Metrics metrics, Configuration.MetricsAddress address) {
    Connector connector = MetricsResource.connector(metrics, address);
    start(connector, address.host(), address.port(), "METRICS_");
    return ", metrics on http://%s:%d/metrics".formatted(address.host(), connector.port());
  }

  private void start(Connector connector, String host, int wantedPort, String prefix) {
    try {
      connector.start();
    } catch (IOException e) {
      throw new ConfigurationException(
          "Port %d of %s can't be listened on: another server is running there, or %3$sHOST is no address of this machine. Set %3$sPORT or %3$sHOST."
              .formatted(wantedPort, host, prefix));
    }
    onStop(connector::stop);
  }

  /** What other processes change reaches those who wait here within a second. */
  private void listenToOthers(SecureChat chat) {
    repeat(
        "others-changes",
        POLL,
        "looking for changes of others failed",
        timer -> chat.sync().poll());
  }

  private void keepHouse(SecureChat chat) {
    repeat(
        "housekeeping",
        HOUSEKEEPING,
        "housekeeping failed, it will be tried again",
        timer -> {
          while (chat.housekeeping().run() && !timer.isShutdown()) {
            // Each run is one bounded batch; others get their turn in between.
          }
        });
  }

  /** Does something again and again, with a pause before each time; what goes wrong is logged. */
  private void repeat(
      String name, Duration pause, String failure, Consumer<ScheduledExecutorService> work) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    onStop(timer::shutdownNow);
    // It ends with the timer.
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                work.accept(timer);
              } catch (RuntimeException e) {
                LOG.warn("{}: {}", failure, e.getClass().getName());
              }
            },
            pause.toMillis(),
            pause.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** One line that says what has started. */
  String description() {
    return description;
  }

  /** The port that it listens on. */
  int port() {
    return port;
  }

  private void onStop(Runnable stop) {
    stops.push(stop);
  }

  /** Finishes what is in flight, then closes everything; a second call does nothing. */
  @Override
  public synchronized void close() {
    while (!stops.isEmpty()) {
      try {
        stops.pop().run();
      } catch (RuntimeException e) {
        LOG.warn("stopping: {}", e.getClass().getName());
      }
    }
  }
}
