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
 * @param minUploadRate bytes a second that the peer of a streamed upload has to send on average;
 *     otherwise the connection is cut
 * @param minDownloadRate likewise, that the peer of a streamed download has to take
 * @param ratePatience how far a peer may fall behind these rates; only the time counts that is
 *     spent waiting for it
 * @param maxBodyLeft bytes of a body that may still come after its answer; then the connection is
 *     cut. An answer to a request that announces more says that it will be closed
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
    int minUploadRate,
    int minDownloadRate,
    Duration ratePatience,
    int maxBodyLeft,
    Duration idleTimeout,
    int maxPendingBytes,
    int maxConnections,
    Duration shutdownGrace) {

  /** Refuses what is no bound. */
  public ConnectorSettings {
    for (int bound :
        new int[] {
          maxHeadBytes,
          maxHeaderFields,
          minUploadRate,
          minDownloadRate,
          maxBodyLeft,
          maxPendingBytes,
          maxConnections
        }) {
      if (bound < 1) {
        throw new IllegalArgumentException("A bound of a connector must be at least 1");
      }
    }
    for (Duration timeout :
        new Duration[] {
          headTimeout, bodyTimeout, bodyStall, ratePatience, idleTimeout, shutdownGrace
        }) {
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
        16 * 1024,
        16 * 1024,
        Duration.ofSeconds(30),
        8 * 1024 * 1024,
        Duration.ofSeconds(75),
        256 * 1024,
        4_000,
        Duration.ofSeconds(8));
  }
}
