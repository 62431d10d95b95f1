package org.securechat.app;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.glassfish.jersey.server.ResourceConfig;
import org.securechat.http.answer.Json;
import org.securechat.http.answer.Problem;
import org.securechat.http.connector.Connector;
import org.securechat.http.connector.ConnectorSettings;

/** {@code /metrics} on a port of its own: for whoever runs the server, not for its users. */
@Path("metrics")
public final class MetricsResource {
  /** Few connections, so that what collects metrics can't cost more than what it watches. */
  private static final ConnectorSettings SETTINGS =
      new ConnectorSettings(
          8192,
          64,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          16 * 1024,
          16 * 1024,
          Duration.ofSeconds(10),
          64 * 1024,
          Duration.ofSeconds(75),
          256 * 1024,
          16,
          Duration.ofSeconds(1));

  private final Metrics metrics;

  private MetricsResource(Metrics metrics) {
    this.metrics = metrics;
  }

  /** A listener that has this resource and no other; not started yet. */
  static Connector connector(Metrics metrics, Configuration.MetricsAddress address) {
    return Connector.create(
        address.host(),
        address.port(),
        new ResourceConfig().register(new MetricsResource(metrics)),
        SETTINGS,
        status -> Json.bytes(Problem.ofStatus(status)));
  }

  /** All values at this moment, in the text format of Prometheus. */
  @GET
  public Response text() {
    return Response.ok(metrics.text())
        .header(HttpHeaders.CONTENT_TYPE, Metrics.CONTENT_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
