package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.app.Friends.Friend;
import org.securechat.client.conversation.Conversation;
import org.securechat.testkit.TestClock;

/**
 * A file that is larger than the client's heap, encrypted, sent, fetched, checked and saved. The
 * property {@code chat.file.mib} says how large; the heap is 64 MiB for 100.
 */
class LargeFileClientTest {
  private static final int MIB = Integer.getInteger("chat.file.mib", 32);
  private static final int HEAP_MIB = MIB * 64 / 100;
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @TempDir Path folder;

  @Test
  void file_largerThanTheHeap_isSentAndSaved() throws Exception {
    TestClock clock = TestClock.atNoon();
    clock.advance(Duration.between(clock.instant(), Instant.now()));
    Path source = folder.resolve("source");
    Path target = folder.resolve("target");
    try (InputStream bytes = new SeededBytes(1, MIB * 1024L * 1024)) {
      Files.copy(bytes, source);
    }
    try (ServerProcess server = ServerProcess.serve(folder, Crowd.SETTINGS)) {
      Friend alice = new Friends(server.url(), clock).register("alice");
      Conversation conversation = alice.conversations().start(Optional.empty(), List.of());

      Process client = client(source, target);
      try (Writer in = client.outputWriter(StandardCharsets.UTF_8)) {
        for (String line :
            LargeFileClient.lines(server.url(), alice.session().saved(), conversation.id())) {
          in.write(line + "\n");
        }
      }

      try {
        assertTrue(client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, client.exitValue(), () -> errors());
      } finally {
        client.destroyForcibly();
      }
      assertEquals(-1, Files.mismatch(source, target));
    }
  }

  private Process client(Path source, Path target) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx" + HEAP_MIB + "m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LargeFileClient.class.getName(),
            source.toString(),
            target.toString())
        .redirectError(folder.resolve("client-err.txt").toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("client-err.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
