package org.securechat.http.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.server.ServerConfiguration;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.internal.process.MappableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 listener with a Jersey application behind it. Heads are parsed on one selector
 * thread, each request is then handled on a virtual thread of its own. Starts once and stops once;
 * for any thread.
 */
public final class Connector {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Connector.class);

  /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
  private static final Logger PROVIDERS =
      Logger.getLogger("org.glassfish.jersey.internal.inject.Providers");

  /** Of one read; the default is what the kernel buffers, which may be megabytes. */
  private static final int READ_BYTES = 64 * 1024;

  /** Held likewise; it writes a stack trace of everybody who goes away before an answer's end. */
  private static final Logger RESPONDER =
      Logger.getLogger("org.glassfish.jersey.server.ServerRuntime$Responder");

  private final ConnectorSettings settings;
  private final ErrorBody errors;
  private final Deadlines deadlines;
  private final HttpServer server;
  private final NetworkListener listener;
  private final ExecutorService workers;
  private final Thread sweeper;

  private Connector(
      String host,
      int port,
      ResourceConfig config,
      ConnectorSettings settings,
      ErrorBody errors,
      LongSupplier nanos) {
    this.settings = settings;
    this.errors = errors;
    this.deadlines = new Deadlines(settings, nanos);
    this.server = GrizzlyHttpServerFactory.createHttpServer(uri(host, port), config, false);
    this.listener = server.getListeners().iterator().next();
    this.workers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    this.sweeper =
        Thread.ofPlatform().daemon().name("http-deadlines").unstarted(this::sweepEverySecond);
    configureListener();
    configureServer();
  }

  /**
   * Prepares a connector; nothing listens yet.
   *
   * @param port 0 for any free one
   * @param application registered as it is; a {@link ResourceConfig} gets settings added
   * @param errors what requests are told that don't reach the application
   */
  public static Connector create(
      String host,
      int port,
      Application application,
      ConnectorSettings settings,
      ErrorBody errors) {
    return create(host, port, application, settings, errors, System::nanoTime);
  }

  /** Like the public one, with a clock: nanoseconds from an arbitrary moment. */
  static Connector create(
      String host,
      int port,
      Application application,
      ConnectorSettings settings,
      ErrorBody errors,
      LongSupplier nanos) {
    PROVIDERS.setLevel(Level.SEVERE); // it warns of every resource that is an instance
    RESPONDER.setFilter(record -> !isBrokenOff(record.getThrown()));
    ResourceConfig config =
        withoutMagic(ResourceConfig.forApplication(application))
            .register(new AnswerDefaults(errors, settings.maxBodyLeft()));
    return new Connector(host, port, config, settings, errors, nanos);
  }

  /** Whether the connection is what failed, or was made to. */
  private static boolean isBrokenOff(@Nullable Throwable thrown) {
    return thrown instanceof IOException
        || (thrown instanceof MappableException && thrown.getCause() instanceof IOException);
  }

  /** Loads what a connector needs, so that another thread can open the database meanwhile. */
  public static void load() {
    GrizzlyHttpServerFactory.createHttpServer(
        uri("localhost", 0), withoutMagic(new ResourceConfig()), false);
  }

  private static ResourceConfig withoutMagic(ResourceConfig config) {
    return config
        .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
        .property(ServerProperties.WADL_FEATURE_DISABLE, true)
        // Or redirects would name the scheme and host that this server sees, behind a proxy not
        // those of the client.
        .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
  }

  /**
   * Listens from now on.
   *
   * @throws IOException when the address can't be bound; the connector is of no more use then
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      shutDownNow();
      throw e;
    }
    sweeper.start();
  }

  /** The port that is listened on; only after the start. */
  public int port() {
    return listener.getPort();
  }

  /** Like {@link #stop(Duration)}, with the grace of the settings. */
  public void stop() {
    stop(settings.shutdownGrace());
  }

  /**
   * Refuses new connections, waits for the requests in flight, closes everything.
   *
   * @param grace the longest to wait; what is in flight then is cut
   */
  public void stop(Duration grace) {
    try {
      server
          .shutdown(grace.toMillis(), TimeUnit.MILLISECONDS)
          .get(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Cut below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      shutDownNow();
    }
  }

  /** Cuts connections that are late, as a timer does every second. */
  void sweep() {
    deadlines.sweep();
  }

  /** How many connections are open. */
  public int connections() {
    return deadlines.connections();
  }

  private void sweepEverySecond() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.SECONDS.sleep(1);
        try {
          sweep();
        } catch (RuntimeException e) {
          LOG.warn("Late connections could not be cut", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped
    }
  }

  private void shutDownNow() {
    server.shutdownNow();
    sweeper.interrupt();
    workers.shutdownNow();
  }

  private void configureListener() {
    TCPNIOTransport transport = listener.getTransport();
    transport.setIOStrategy(SameThreadIOStrategy.getInstance());
    transport.setWorkerThreadPoolConfig(null); // or a pool of platform threads is made
    transport.setWorkerThreadPool(workers);
    transport.setReadBufferSize(READ_BYTES);
    transport.setSelectorRunnersCount(1); // two starve connections of virtual threads
    transport.setReadTimeout(settings.bodyStall().toMillis(), TimeUnit.MILLISECONDS);
    // The default is megabytes for each peer that doesn't read.
    listener.setMaxPendingBytes(settings.maxPendingBytes());
    listener.setMaxHttpHeaderSize(settings.maxHeadBytes());
    listener.getKeepAlive().setIdleTimeoutInSeconds(-1); // deadlines see to it
    listener.getKeepAlive().setMaxRequestsCount(-1);
    listener.getFileCache().setEnabled(false);
    listener.registerAddOn((on, chain) ->
        chain.set(
            chain.indexOfType(HttpServerFilter.class),
            new StrictCodec(on, settings, deadlines, errors)));
  }

  private void configureServer() {
    ServerConfiguration configuration = server.getServerConfiguration();
    configuration.setHttpServerName(null);
    configuration.setHttpServerVersion(null);
    configuration.setPassTraceRequest(true); // Jersey knows no TRACE: 405 with Allow
    configuration.setTraceEnabled(false);
    configuration.setJmxEnabled(false);
    configuration.setDefaultErrorPageGenerator(
        (request, status, reason, description, cause) -> errorPage(request, status));
  }

  private String errorPage(Request request, int status) {
    Response response = request.getResponse();
    StandardHeaders.forEach(response::setHeader);
    response.setContentType(StandardHeaders.PROBLEM_JSON);
    return new String(errors.problemJson(status), US_ASCII);
  }

  private static URI uri(String host, int port) {
    try {
      return new URI("http", null, host, port, "/", null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("Not a host and port: " + host + ", " + port, e);
    }
  }
}
