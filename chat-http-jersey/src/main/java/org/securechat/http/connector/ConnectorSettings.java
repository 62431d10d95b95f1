package org.securechat.http.connector;

import java.time.Duration;

/**
 * Bounds of a connector.
 *
 * @param maxHeadBytes of request line and header fields with their line ends; more is a 400
 * @param maxHeaderFields of one request; more is a 400
 * @param headTimeout from the first byte of a head to its last; then the connection is cut
 * @param bodyTimeout from the end of a head to the end of its body; then the connection is cut
 * @param bodyStall how long a reader of a body waits for the next byte; then a 408
 * @param idleTimeout between an answer, or the connection's start, and the next request
 * @param maxPendingBytes of answers that a connection's peer has not taken yet
 * @param maxConnections at a time; more are closed when they are accepted
 * @param shutdownGrace for requests in flight when the connector stops
 */
public record ConnectorSettings(
    int maxHeadBytes,
    int maxHeaderFields,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration bodyStall,
    Duration idleTimeout,
    int maxPendingBytes,
    int maxConnections,
    Duration shutdownGrace) {

  /** Refuses what is no bound. */
  public ConnectorSettings {
    if (maxHeadBytes < 1 || maxHeaderFields < 1 || maxPendingBytes < 1 || maxConnections < 1) {
      throw new IllegalArgumentException("A bound of a connector must be at least 1");
    }
    for (Duration timeout :
        new Duration[] {headTimeout, bodyTimeout, bodyStall, idleTimeout, shutdownGrace}) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("A time of a connector must be above zero");
      }
    }
  }

  /**
   * Bounds for a server of four thousand connections and a heap of 512 MiB; {@code ulimit -n}
   * should be three times that.
   */
  public static ConnectorSettings defaults() {
    return new ConnectorSettings(
        8192,
        64,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        Duration.ofSeconds(75),
        256 * 1024,
        4_000,
        Duration.ofSeconds(8));
  }
}
