package org.securechat.http.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A thousand peers that never finish don't slow the others. Takes a minute, or {@code
 * -Dchat.slow.seconds}; wants about 4,000 file descriptors.
 */
@Tag("slow")
class SlowPeersTest {
  private static final int SLOW_PEERS = 500;
  private static final long SECONDS = Long.getLong("chat.slow.seconds", 60);
  private static final Duration LIMIT = Duration.ofMillis(250);
  private static final int CLIENTS = 4;

  @Test
  void requests_besideAThousandSlowPeers_areAnsweredInTime() throws Exception {
    ConnectorSettings defaults = ConnectorSettings.defaults();
    ConnectorSettings patient =
        new ConnectorSettings(
            defaults.maxHeadBytes(),
            defaults.maxHeaderFields(),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            defaults.minUploadRate(),
            defaults.minDownloadRate(),
            Duration.ofHours(1),
            defaults.maxBodyLeft(),
            Duration.ofHours(1),
            defaults.maxPendingBytes(),
            defaults.maxConnections(),
            defaults.shutdownGrace());
    Connector connector =
        Connector.create(
            "127.0.0.1",
            0,
            new ResourceConfig().register(new PingResource()),
            patient,
            status -> "{}".getBytes(US_ASCII));
    connector.start();
    List<Client> slow = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_PEERS; i++) {
        slow.add(
            new Client(connector.port())
                .send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf"));
        slow.add(new Client(connector.port()).send("GET /ping HTTP/1.1\r\nHo"));
      }

      long[] nanos = measure(connector.port());

      Arrays.sort(nanos);
      String figures =
          "%d requests in %d s beside %d slow peers: p50 %.2f ms, p99 %.2f ms, worst %.1f ms"
              .formatted(
                  nanos.length,
                  SECONDS,
                  slow.size(),
                  millis(nanos, 0.5),
                  millis(nanos, 0.99),
                  millis(nanos, 1));
      System.out.println(figures);
      assertTrue(millis(nanos, 0.99) <= LIMIT.toMillis(), figures);
      assertTrue(connector.connections() >= slow.size(), "Slow peers were cut: " + figures);
    } finally {
      for (Client client : slow) {
        client.close();
      }
      connector.stop(Duration.ofSeconds(1));
    }
  }

  private static long[] measure(int port) throws InterruptedException {
    List<Long> all = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    for (int i = 0; i < CLIENTS; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                List<Long> own = new ArrayList<>();
                try {
                  request(port, end, own);
                } catch (IOException e) {
                  synchronized (all) {
                    failures.add(e);
                  }
                }
                synchronized (all) {
                  all.addAll(own);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    synchronized (all) {
      assertEquals(List.of(), failures);
      return all.stream().mapToLong(Long::longValue).toArray();
    }
  }

  private static void request(int port, long end, List<Long> nanos) throws IOException {
    while (end - System.nanoTime() > 0) {
      try (Client client = new Client(port)) {
        for (int i = 0; i < 20 && end - System.nanoTime() > 0; i++) {
          long start = System.nanoTime();
          Client.Answer answer =
              client
                  .send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
                  .answer();
          nanos.add(System.nanoTime() - start);
          assertEquals("hello", answer.body());
        }
      }
    }
  }

  private static double millis(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
  }
}
