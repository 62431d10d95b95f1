package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.testkit.wire.WireAnswer;
import org.securechat.testkit.wire.WireGroup;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireUser;
import org.securechat.testkit.wire.WireWorld;
import org.securechat.testpostgresql.PostgresqlServer;

/**
 * A large file through a server with a small heap, while others send. The property {@code
 * chat.file.mib} says how large: 100 is more than the heap. It may keep the disk so busy that
 * somebody is told to come again.
 */
class LargeFileTest {
  private static final long BYTES = Integer.getInteger("chat.file.mib", 8) * 1024L * 1024;
  private static final String HEAP = "-XX:+UseSerialGC -Xmx64m";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration REMOVED_WITHIN = Duration.ofMinutes(1);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void file_throughASmallHeap_goesUpAndDownWhileOthersSend(TestDatabase kind) throws Exception {
    Map<String, String> database = kind.create(folder);
    try (ServerProcess server = serve(database);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      WireWorld world = WireWorld.now(server.url(), Clock.systemUTC(), WireScheme.RFC9421);
      WireUser alice = world.user("alice");
      WireUser bob = world.user("bob");
      WireGroup group = WireGroup.joined(alice, bob);
      Sha256 digest = SeededBytes.digest(new SeededBytes(1, BYTES));

      Future<String> transfer = threads.submit(() -> upAndDown(group, alice, digest));
      int sent = 0;
      int refused = 0;
      Map<String, @Nullable Object> message = group.message(bob, "meanwhile");
      while (!transfer.isDone()) {
        WireAnswer answer = bob.post(group.path("/messages"), message);
        if (answer.status() == 503) {
          refused++;
        } else {
          // 200 if it was taken all the same when it was refused
          assertTrue(answer.status() == 201 || answer.status() == 200, answer::body);
          group.append(answer.object("message"));
          message = group.message(bob, "meanwhile");
          sent++;
        }
      }

      assertEquals(digest.toHex(), transfer.get());
      assertTrue(sent > refused, sent + " messages were taken, and " + refused + " refused");
    }
  }

  private static String upAndDown(WireGroup group, WireUser by, Sha256 digest) {
    WireAnswer uploaded = uploaded(group, by, digest);
    InputStream bytes =
        by.send(
                by.prepare("GET", "/api/files/" + uploaded.at("file.id"), null).timeout(PATIENCE),
                BodyHandlers.ofInputStream())
            .body();
    return SeededBytes.digest(bytes).toHex();
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void uploadCutOff_leavesNothingAndSucceedsAfterwards(TestDatabase kind) throws Exception {
    Map<String, String> database = kind.create(folder);
    try (ServerProcess server = serve(database)) {
      WireWorld world = WireWorld.now(server.url(), Clock.systemUTC(), WireScheme.RFC9421);
      WireUser alice = world.user("alice");
      WireGroup group = WireGroup.begin(alice);
      Sha256 digest = SeededBytes.digest(new SeededBytes(1, BYTES));
      HttpRequest request = alice.inSession(upload(group, alice, digest)).build();

      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), request.uri().getPort())) {
        OutputStream out = socket.getOutputStream();
        out.write(head(request).getBytes(StandardCharsets.US_ASCII));
        new SeededBytes(1, BYTES / 2).transferTo(out);
        out.flush();
        Waits.await("a part of it", PATIENCE, () -> chunks(kind, database) > 0);
      }

      Waits.await("its removal", REMOVED_WITHIN, () -> rows(kind, database) == 0);
      uploaded(group, alice, digest);
    }
  }

  private ServerProcess serve(Map<String, String> database) {
    Map<String, String> settings = new HashMap<>(Crowd.SETTINGS);
    settings.putAll(database);
    settings.put("JAVA_TOOL_OPTIONS", HEAP);
    return ServerProcess.serve(folder, settings);
  }

  private static WireAnswer uploaded(WireGroup group, WireUser by, Sha256 digest) {
    WireAnswer answer = by.send(upload(group, by, digest));
    return (answer.status() == 503 ? by.send(upload(group, by, digest)) : answer).expect(201);
  }

  private static HttpRequest.Builder upload(WireGroup group, WireUser by, Sha256 digest) {
    return by.prepareUpload(
            group.path("/files?filename=large&mime_type=text%2Fplain"),
            BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> new SeededBytes(1, BYTES)), BYTES),
            digest)
        .timeout(PATIENCE);
  }

  private static String head(HttpRequest request) {
    StringBuilder head =
        new StringBuilder(
            "POST %s?%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n"
                .formatted(
                    request.uri().getRawPath(),
                    request.uri().getRawQuery(),
                    request.uri().getAuthority(),
                    BYTES));
    request
        .headers()
        .map()
        .forEach((name, values) ->
            values.forEach(value -> head.append(name).append(": ").append(value).append("\r\n")));
    return head.append("\r\n").toString();
  }

  private static long chunks(TestDatabase kind, Map<String, String> database) {
    return count(kind, database, "SELECT count(*) FROM file_chunks");
  }

  private static long rows(TestDatabase kind, Map<String, String> database) {
    return count(
        kind, database, "SELECT (SELECT count(*) FROM file_chunks) + (SELECT count(*) FROM files)");
  }

  private static long count(TestDatabase kind, Map<String, String> database, String sql) {
    String url = Objects.requireNonNull(database.get("DATABASE_URL"));
    try (Connection connection =
            kind == TestDatabase.SQLITE
                ? DriverManager.getConnection("jdbc:sqlite:" + url.substring("sqlite:///".length()))
                : PostgresqlServer.shared().connect(url.substring(url.lastIndexOf('/') + 1));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
