package org.securechat.http.connector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.securechat.domain.identity.Sha256;
import org.securechat.http.file.ChunkSource;
import org.securechat.http.file.FileAnswer;
import org.securechat.http.file.ServedFile;

/** Bodies that are much larger than what may be held of them. */
@Timeout(120)
class TransferTest {
  private static final int CHUNK = ChunkSource.CHUNK_BYTES;
  private static final long LENGTH = 100L * 1024 * 1024;

  /** What connector, kernel and the test's own end may hold; the rest has to wait. */
  private static final long HELD = 4 * 1024 * 1024;

  private static final ConnectorSettings SETTINGS = ConnectorSettings.defaults();

  private final AtomicLong nanos = new AtomicLong();
  private final Transfers transfers = new Transfers();
  private final Connector connector =
      Connector.create(
          "127.0.0.1",
          0,
          new ResourceConfig().register(transfers),
          SETTINGS,
          status -> "{}".getBytes(US_ASCII),
          nanos::get);

  /** Takes and gives bytes, counted. */
  @Path("/")
  public static final class Transfers {
    final AtomicLong up = new AtomicLong();
    final AtomicLong down = new AtomicLong();
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);

    @POST
    @Path("up")
    public String up(@Context ContainerRequestContext request)
        throws IOException, InterruptedException {
      SteadyTransfer.upload(request);
      begun.countDown();
      go.await();
      InputStream body = request.getEntityStream();
      byte[] chunk = new byte[CHUNK];
      for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
        up.addAndGet(read);
      }
      return Long.toString(up.get());
    }

    @POST
    @Path("refuse")
    public Response refuse() {
      return Response.status(403).entity("no").build();
    }

    @GET
    @Path("down")
    public Response down(@Context ContainerRequestContext request) {
      return FileAnswer.of(
          request,
          new ServedFile(
              "zeros",
              LENGTH,
              Sha256.of(),
              index -> {
                down.addAndGet(CHUNK);
                return new byte[CHUNK];
              }));
    }
  }

  @BeforeEach
  void start() throws IOException {
    connector.start();
  }

  @AfterEach
  void stop() {
    transfers.go.countDown();
    connector.stop(Duration.ofMillis(10));
  }

  private static String post(String path, long length) {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n";
  }

  private static void awaitThat(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) { // the test's time-out bounds it
      Thread.onSpinWait();
    }
  }

  /** Waits until a count has not changed for a while, because its other end has to wait. */
  private static long awaitStandstill(AtomicLong count) throws InterruptedException {
    long before = -1;
    while (before != count.get()) {
      before = count.get();
      new CountDownLatch(1).await(300, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
    return before;
  }

  @Test
  void upload_hundredMebibytes_isStreamed() throws Exception {
    try (Client client = new Client(connector.port())) {
      client.send(post("/up", LENGTH));
      AtomicLong sent = new AtomicLong();
      Thread sender = Thread.ofVirtual().start(() -> sendZeros(client, LENGTH, sent));
      transfers.begun.await();

      assertTrue(awaitStandstill(sent) < LENGTH - 2 * HELD, "Nobody reads, and all is taken");
      transfers.go.countDown();

      assertEquals(Long.toString(LENGTH), client.answer().body());
      sender.join();
      assertEquals(404, client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").answer().status());
    }
  }

  private static void sendZeros(Client client, long length, AtomicLong sent) {
    byte[] chunk = new byte[CHUNK];
    try {
      for (long left = length; left > 0; left -= CHUNK) {
        client.send(chunk);
        sent.addAndGet(CHUNK);
      }
    } catch (IOException e) {
      // The server has had enough.
    }
  }

  @Test
  void upload_minutesLong_isNoLateBody() throws Exception {
    transfers.go.countDown();
    try (Client client = new Client(connector.port())) {
      int parts = 40;
      client.send(post("/up", (long) parts * CHUNK));
      for (int i = 1; i <= parts; i++) {
        client.send(new byte[CHUNK]);
        long all = (long) i * CHUNK;
        awaitThat(() -> transfers.up.get() == all);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        connector.sweep();
      }

      assertEquals(Integer.toString(parts * CHUNK), client.answer().body());
    }
  }

  @Test
  void upload_trickled_isCut() throws Exception {
    transfers.go.countDown();
    try (Client client = new Client(connector.port())) {
      client.send(post("/up", LENGTH));
      transfers.begun.await();

      awaitThat(() -> {
        sendQuietly(client);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        connector.sweep();
        return connector.connections() == 0;
      });
      assertTrue(transfers.up.get() < LENGTH / 2);
    }
  }

  private static void sendQuietly(Client client) {
    try {
      client.send(new byte[1024]);
    } catch (IOException e) {
      // It is cut.
    }
  }

  @Test
  void download_hundredMebibytes_isStreamed() throws Exception {
    try (Client client = new Client(connector.port())) {
      client.send("GET /down HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      awaitThat(() -> transfers.down.get() > 0);

      assertTrue(awaitStandstill(transfers.down) < 3 * HELD, "Nobody reads, and all is made");

      assertEquals(LENGTH, client.skipBody());
      assertEquals(LENGTH, transfers.down.get());
      assertTrue(client.isClosed());
    }
  }

  @Test
  void download_minutesLong_isWaitedFor() throws Exception {
    try (Client client = new Client(connector.port())) {
      client.send("GET /down HTTP/1.1\r\nHost: a\r\n\r\n");
      awaitStandstill(transfers.down);
      client.skipHead();
      long read = 0;
      for (int i = 0; i < 40; i++) {
        long before = transfers.down.get();
        while (transfers.down.get() == before) {
          read += client.skip(CHUNK);
        }
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        connector.sweep();
      }

      assertEquals(1, connector.connections());
      assertEquals(LENGTH, read + client.skip(LENGTH - read));
    }
  }

  @Test
  void download_toSomebodyWhoDoesNotRead_isCut() throws Exception {
    try (Client client = new Client(connector.port())) {
      client.send("GET /down HTTP/1.1\r\nHost: a\r\n\r\n");
      awaitThat(() -> transfers.down.get() > 0);
      connector.sweep();
      assertEquals(1, connector.connections());

      // The server may still be about to send, and its time begins then.
      awaitThat(() -> {
        nanos.addAndGet(SETTINGS.ratePatience().toNanos() + 1);
        connector.sweep();
        return connector.connections() == 0;
      });

      assertTrue(transfers.down.get() < 3 * HELD, "It goes on for nobody");
    }
  }

  @Test
  void refusal_beforeALargeBody_isReadAndEndsTheConnection() throws Exception {
    try (Client client = new Client(connector.port())) {
      client.send(post("/refuse", LENGTH));
      AtomicLong sent = new AtomicLong();
      Thread sender = Thread.ofVirtual().start(() -> sendZeros(client, LENGTH, sent));

      Client.Answer answer = client.answer();

      assertEquals(403, answer.status());
      assertEquals("close", answer.headers().get("Connection"));
      assertTrue(client.isClosed());
      sender.join();
      assertTrue(sent.get() < SETTINGS.maxBodyLeft() + 2 * HELD, sent + " bytes were taken");
    }
  }

  @Test
  void refusal_beforeASmallBody_keepsTheConnection() throws Exception {
    try (Client client = new Client(connector.port())) {
      client.send(post("/refuse", 3 * CHUNK));
      Client.Answer answer = client.answer();
      assertEquals(403, answer.status());
      assertFalse(answer.headers().containsKey("Connection"));
      for (int i = 0; i < 3; i++) {
        client.send(new byte[CHUNK]);
      }

      assertEquals(403, client.send(post("/refuse", 0)).answer().status());
    }
  }
}
