package org.securechat.app;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.securechat.crypto.Argon2Load;
import org.securechat.crypto.Argon2PasswordHasher;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.sync.Sync;
import org.securechat.http.RequestObserver;
import org.securechat.http.call.RequestLimit;
import org.securechat.http.connector.Connector;
import org.securechat.http.connector.ErrorBody;
import org.securechat.persistence.DatabaseLoad;
import org.securechat.persistence.JdbiChat;
import org.securechat.persistence.WriteObserver;

/**
 * What the server tells about itself, for Prometheus. {@code docs/metrics.md} lists every metric.
 *
 * <p>A label's value is always one of few that are known beforehand, never anything that a user
 * sent. Safe for use by many threads.
 */
final class Metrics implements RequestObserver, WriteObserver {
  /** Of {@link #text()}. */
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final String PREFIX = "secure_chat_";
  private static final String UNMATCHED = "unmatched";
  private static final String OTHER = "other";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Counter requests =
      Counter.builder()
          .name(PREFIX + "requests_total")
          .help("Requests that were answered by the API.")
          .labelNames("endpoint", "method", "status")
          .register(registry);
  private final Histogram durations =
      Histogram.builder()
          .name(PREFIX + "request_duration_seconds")
          .help("From the arrival of a request's head until its answer was made.")
          .labelNames("endpoint")
          .classicOnly()
          .classicUpperBounds(
              0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
          .register(registry);
  private final Counter refusals =
      Counter.builder()
          .name(PREFIX + "refusals_total")
          .help("Requests that the API refused.")
          .labelNames("code")
          .register(registry);
  private final Counter framingRefusals =
      Counter.builder()
          .name(PREFIX + "framing_refusals_total")
          .help("Requests that were refused for their framing, or late.")
          .labelNames("status")
          .register(registry);
  private final Histogram batchSizes =
      Histogram.builder()
          .name(PREFIX + "commit_changes")
          .help("Changes that one commit made durable.")
          .classicOnly()
          .classicUpperBounds(1, 2, 5, 10, 20, 50, 100, 200)
          .register(registry);
  private final Histogram waits =
      Histogram.builder()
          .name(PREFIX + "commit_wait_seconds")
          .help("From a change's arrival in the queue until it was taken from it.")
          .classicOnly()
          .classicUpperBounds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5)
          .register(registry);

  /**
   * Begins to count.
   *
   * @param version the program's
   */
  Metrics(String version, Backend backend, RequestLimit requestsPerUser) {
    Info.builder()
        .name(PREFIX + "build_info")
        .help("The program that runs.")
        .labelNames("version")
        .register(registry)
        .setLabelValues(version);
    watchLimits(backend.attempts(), requestsPerUser);
    watch(backend.database());
    watch(backend.passwords());
    gauge("waits", "Requests that wait for events.", backend.chat().sync(), Sync::waiting);
    JvmMetrics.builder().register(registry);
  }

  private void watchLimits(CountedAttempts attempts, RequestLimit requestsPerUser) {
    CounterWithCallback.builder()
        .name(PREFIX + "limits_hit_total")
        .help("Requests that were turned away by a limit.")
        .labelNames("limit")
        .callback(each -> {
          // Kinds may share a limit, and a name must be told once.
          Map<String, Long> blocked = new TreeMap<>();
          for (AttemptCounter.Kind kind : AttemptCounter.Kind.values()) {
            blocked.merge(Limits.nameOf(kind), attempts.blocked(kind), Long::sum);
          }
          blocked.forEach((limit, count) -> each.call((double) count, limit));
          each.call((double) requestsPerUser.refused(), Limits.REQUESTS_PER_USER);
        })
        .register(registry);
  }

  private void watch(JdbiChat database) {
    database.observe(this);
    gauge(
        "commit_queue_changes",
        "Changes that wait to be taken.",
        database,
        chat -> chat.load().changesWaiting());
    gauge("reads_running", "Reads that run.", database, chat -> chat.load().readsRunning());
    gauge(
        "reads_waiting",
        "Reads that wait for a thread.",
        database,
        chat -> chat.load().readsWaiting());
    GaugeWithCallback.builder()
        .name(PREFIX + "read_connections")
        .help("Connections to the database that read.")
        .labelNames("state")
        .callback(each -> {
          DatabaseLoad load = database.load();
          each.call(load.readConnectionsBusy(), "busy");
          each.call(load.readConnections() - load.readConnectionsBusy(), "idle");
        })
        .register(registry);
  }

  private void watch(Argon2PasswordHasher passwords) {
    GaugeWithCallback.builder()
        .name(PREFIX + "password_hashes")
        .help("Computations of password hashes.")
        .labelNames("state")
        .callback(each -> {
          Argon2Load load = passwords.load();
          each.call(load.running(), "running");
          each.call(load.waiting(), "waiting");
        })
        .register(registry);
    CounterWithCallback.builder()
        .name(PREFIX + "password_hashes_refused_total")
        .help("Password hashes that nobody had time for.")
        .callback(each -> each.call((double) passwords.load().refused()))
        .register(registry);
  }

  /** Begins to watch the listener. */
  void watch(Connector connector) {
    gauge("connections", "Connections of clients.", connector, Connector::connections);
  }

  private <T> void gauge(String name, String help, T watched, ToDoubleFunction<T> value) {
    GaugeWithCallback.builder()
        .name(PREFIX + name)
        .help(help)
        .callback(each -> each.call(value.applyAsDouble(watched)))
        .register(registry);
  }

  /** The same error bodies; counts how many are asked for. */
  ErrorBody counting(ErrorBody errors) {
    return status -> {
      framingRefusals.labelValues(Integer.toString(status)).inc();
      return errors.problemJson(status);
    };
  }

  @Override
  public void answered(
      String method,
      Optional<String> endpoint,
      int status,
      Optional<String> code,
      Duration duration) {
    String template = endpoint.orElse(UNMATCHED);
    requests
        .labelValues(template, METHODS.contains(method) ? method : OTHER, Integer.toString(status))
        .inc();
    durations.labelValues(template).observe(seconds(duration));
    code.ifPresent(refusal -> refusals.labelValues(refusal).inc());
  }

  @Override
  public void waited(Duration wait) {
    waits.observe(seconds(wait));
  }

  @Override
  public void committed(int units) {
    batchSizes.observe(units);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** Every value at this moment. */
  byte[] text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
