package org.securechat.http.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.CloseableService;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.securechat.http.connector.Connector;
import org.securechat.http.connector.ConnectorSettings;

@Timeout(60)
class LargeAnswersTest {
  private static final int SIZE = 100_000;
  private final Words words = new Words();
  private final Connector connector =
      Connector.create(
          "127.0.0.1",
          0,
          new ResourceConfig().registerInstances(words, new ProblemMapper()),
          ConnectorSettings.defaults(),
          status -> Json.bytes(Problem.ofStatus(status)));
  private final HttpClient http = HttpClient.newHttpClient();

  /** Large answers, of which there is room for one. */
  @Path("/")
  public static final class Words {
    private final LargeAnswers large = new LargeAnswers(new HeapBudget(SIZE, "no room"));
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @GET
    @Path("words")
    public Response words(
        @Context ContainerRequestContext request, @Context CloseableService requestEnd) {
      return large.json(request, requestEnd, 200, SIZE, json -> json.writeString("w".repeat(SIZE)));
    }

    @GET
    @Path("slow")
    public Response slow(
        @Context ContainerRequestContext request, @Context CloseableService requestEnd) {
      return large.json(
          request,
          requestEnd,
          200,
          SIZE,
          json -> {
            writing.countDown();
            try {
              released.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            json.writeString("slow");
          });
    }

    @GET
    @Path("broken")
    public Response broken(
        @Context ContainerRequestContext request, @Context CloseableService requestEnd) {
      return large.json(
          request,
          requestEnd,
          200,
          SIZE,
          json -> {
            throw new IOException("broken");
          });
    }
  }

  @BeforeEach
  void start() throws IOException {
    connector.start();
  }

  @AfterEach
  void stop() {
    words.released.countDown();
    http.close();
    connector.stop(Duration.ofMillis(100));
  }

  private HttpRequest request(String method, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.port() + path))
        .timeout(Duration.ofSeconds(20))
        .method(method, HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return http.send(request(method, path), HttpResponse.BodyHandlers.ofString());
  }

  /** The client may have an answer's last byte before the server has ended the request. */
  private HttpResponse<String> sendWhenThereIsRoom(String method, String path)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    HttpResponse<String> answer = send(method, path);
    while (answer.statusCode() == 503 && System.nanoTime() < deadline) {
      answer = send(method, path);
    }
    return answer;
  }

  @Test
  void json_oneAfterTheOther_givesTheRoomBack() throws Exception {
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> answer = sendWhenThereIsRoom("GET", "/words");
      assertEquals(200, answer.statusCode());
      assertEquals(SIZE + 2, answer.body().length());
      assertEquals(200, sendWhenThereIsRoom("HEAD", "/words").statusCode());
      assertEquals(500, sendWhenThereIsRoom("GET", "/broken").statusCode());
    }
  }

  @Test
  void json_whileOneIsWritten_isUnavailable() throws Exception {
    CompletableFuture<HttpResponse<String>> slow =
        http.sendAsync(request("GET", "/slow"), HttpResponse.BodyHandlers.ofString());
    words.writing.await();

    HttpResponse<String> answer = send("GET", "/words");

    assertEquals(503, answer.statusCode());
    assertEquals("5", answer.headers().firstValue("Retry-After").orElseThrow());
    words.released.countDown();
    assertEquals("\"slow\"", slow.get(20, TimeUnit.SECONDS).body());
    assertEquals(200, send("GET", "/words").statusCode());
  }
}
