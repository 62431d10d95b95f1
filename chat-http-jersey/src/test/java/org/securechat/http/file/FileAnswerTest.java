package org.securechat.http.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.http.connector.Connector;
import org.securechat.http.connector.ConnectorSettings;

@Timeout(20)
class FileAnswerTest {
  private static final int LENGTH = 3 * ChunkSource.CHUNK_BYTES + 17;
  private static final byte[] BYTES = new byte[LENGTH];
  private static final List<Long> READ = new CopyOnWriteArrayList<>();

  static {
    new Random(1).nextBytes(BYTES);
  }

  private static final Connector CONNECTOR =
      Connector.create(
          "127.0.0.1",
          0,
          new ResourceConfig().register(new Files()),
          ConnectorSettings.defaults(),
          status -> "{}".getBytes(StandardCharsets.US_ASCII));
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Files as they are, and one whose end is gone. */
  @Path("/")
  public static final class Files {
    @GET
    @Path("{name}")
    public Response get(@Context ContainerRequestContext request, @PathParam("name") String name) {
      byte[] bytes = name.equals("empty") ? new byte[0] : BYTES;
      return FileAnswer.of(
          request,
          new ServedFile(name, bytes.length, Sha256.of(bytes), index -> chunk(name, bytes, index)));
    }

    @HEAD
    @Path("{name}")
    public Response head(@Context ContainerRequestContext request, @PathParam("name") String name) {
      return get(request, name);
    }

    private static byte[] chunk(String name, byte[] bytes, long index) throws IOException {
      READ.add(index);
      int from = (int) index * ChunkSource.CHUNK_BYTES;
      int end = Math.min(bytes.length, from + ChunkSource.CHUNK_BYTES);
      if (name.equals("gone") || (name.equals("broken") && index > 1)) {
        throw new IOException("gone");
      }
      return Arrays.copyOfRange(bytes, from, name.equals("short") && index > 1 ? end - 1 : end);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    CONNECTOR.start();
  }

  @AfterAll
  static void stop() {
    HTTP.close();
    CONNECTOR.stop(Duration.ofMillis(10));
  }

  @BeforeEach
  void forget() {
    READ.clear();
  }

  private static HttpResponse<byte[]> send(String method, String name, String... fields)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + CONNECTOR.port() + "/" + name))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (fields.length > 0) {
      request.headers(fields);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String field(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }

  private static String tag(byte[] bytes) {
    return '"' + Sha256.of(bytes).toHex() + '"';
  }

  @Test
  void get_whole_isAllOfIt() throws Exception {
    HttpResponse<byte[]> answer = send("GET", "a.bin");

    assertEquals(200, answer.statusCode());
    assertArrayEquals(BYTES, answer.body());
    assertEquals(Integer.toString(LENGTH), field(answer, "Content-Length"));
    assertEquals("application/octet-stream", field(answer, "Content-Type"));
    assertEquals(tag(BYTES), field(answer, "ETag"));
    assertEquals("bytes", field(answer, "Accept-Ranges"));
    assertEquals("none", field(answer, "Content-Range"));
    assertEquals(
        "attachment; filename=\"a.bin\"; filename*=UTF-8''a.bin",
        field(answer, "Content-Disposition"));
    assertEquals(List.of(0L, 1L, 2L, 3L), READ);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "65535, 65536, 0 1",
    "65536, 131071, 1",
    "100, 70000, 0 1",
    "196608, 196624, 3",
    "196624, 999999, 3",
    "0, 196624, 0 1 2 3"
  })
  void get_range_isThatPartAndNoMoreIsRead(int first, int last, String chunks) throws Exception {
    HttpResponse<byte[]> answer = send("GET", "a", "Range", "bytes=" + first + "-" + last);

    int end = Math.min(last + 1, LENGTH);
    assertEquals(206, answer.statusCode());
    assertArrayEquals(Arrays.copyOfRange(BYTES, first, end), answer.body());
    assertEquals("bytes " + first + "-" + (end - 1) + "/" + LENGTH, field(answer, "Content-Range"));
    assertEquals(Integer.toString(end - first), field(answer, "Content-Length"));
    assertEquals(tag(BYTES), field(answer, "ETag"));
    assertEquals(Arrays.stream(chunks.split(" ")).map(Long::valueOf).toList(), READ);
  }

  @Test
  void get_rangeOutside_isRefusedUnread() throws Exception {
    HttpResponse<byte[]> answer = send("GET", "a", "Range", "bytes=" + LENGTH + "-");

    assertEquals(416, answer.statusCode());
    assertEquals("bytes */" + LENGTH, field(answer, "Content-Range"));
    assertEquals("application/problem+json", field(answer, "Content-Type"));
    assertTrue(
        new String(answer.body(), StandardCharsets.UTF_8)
            .contains("\"code\":\"range_not_satisfiable\""));
    assertEquals(List.of(), READ);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,3-4", "bytes=3-1", "lines=1-2", "nonsense"})
  void get_severalRangesOrNone_isAllOfIt(String range) throws Exception {
    HttpResponse<byte[]> answer = send("GET", "a", "Range", range);

    assertEquals(200, answer.statusCode());
    assertArrayEquals(BYTES, answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "%s", "W/%s", "\"a\", %s", "\"a,b\",W/%s , \"c\""})
  void get_knownTag_isNotModified(String tags) throws Exception {
    HttpResponse<byte[]> answer =
        send("GET", "a", "If-None-Match", tags.formatted(tag(BYTES)), "Range", "bytes=0-1");

    assertEquals(304, answer.statusCode());
    assertEquals(tag(BYTES), field(answer, "ETag"));
    assertEquals(0, answer.body().length);
    assertEquals(List.of(), READ);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\"", "nonsense", "W/\"*\"", "\""})
  void get_otherTag_isAllOfIt(String tags) throws Exception {
    assertEquals(200, send("GET", "a", "If-None-Match", tags).statusCode());
  }

  @ParameterizedTest
  @CsvSource({"%s, 206", "W/%s, 200", "\"a\", 200", "'Tue, 24 Nov 2026 15:00:00 GMT', 200"})
  void get_rangeIf_onlyOfThisFile(String condition, int status) throws Exception {
    HttpResponse<byte[]> answer =
        send("GET", "a", "Range", "bytes=0-1", "If-Range", condition.formatted(tag(BYTES)));

    assertEquals(status, answer.statusCode());
  }

  @Test
  void head_whole_hasTheSameFieldsUnread() throws Exception {
    HttpResponse<byte[]> head = send("HEAD", "a", "Range", "bytes=0-1");

    assertEquals(200, head.statusCode());
    assertEquals(List.of(), READ);
    HttpResponse<byte[]> get = send("GET", "a");
    for (String name :
        List.of("Content-Length", "Content-Type", "Content-Disposition", "ETag", "Accept-Ranges")) {
      assertEquals(field(get, name), field(head, name));
    }
    assertEquals(304, send("HEAD", "a", "If-None-Match", "*").statusCode());
  }

  @Test
  void get_emptyFile_isEmpty() throws Exception {
    HttpResponse<byte[]> whole = send("GET", "empty");

    assertEquals(200, whole.statusCode());
    assertEquals(0, whole.body().length);
    assertEquals("0", field(whole, "Content-Length"));
    assertEquals(200, send("GET", "empty", "Range", "bytes=-1").statusCode());
    assertEquals(416, send("GET", "empty", "Range", "bytes=0-").statusCode());
    assertEquals("0", field(send("HEAD", "empty"), "Content-Length"));
    assertEquals(List.of(), READ);
  }

  @Test
  void get_firstChunkIsGone_isAnError() throws Exception {
    assertEquals(500, send("GET", "gone").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken", "short"})
  void get_chunkIsGone_breaksOff(String name) {
    assertThrows(IOException.class, () -> send("GET", name));
  }
}
