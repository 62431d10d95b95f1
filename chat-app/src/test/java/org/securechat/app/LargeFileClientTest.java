package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.client.ChatClient;
import org.securechat.client.ChatSession;
import org.securechat.client.SignUp;
import org.securechat.client.conversation.Conversation;
import org.securechat.client.conversation.Conversations;
import org.securechat.client.http.HttpSettings;
import org.securechat.client.http.ServerAddress;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Username;
import org.securechat.protocol.key.Password;
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
    Path source = folder.resolve("source");
    Path target = folder.resolve("target");
    try (InputStream bytes = new SeededBytes(1, MIB * 1024L * 1024)) {
      Files.copy(bytes, source);
    }
    try (ServerProcess server = ServerProcess.serve(folder, settings())) {
      ChatSession session = register(server.url());
      Conversation conversation = Conversations.of(session).start(Optional.empty(), List.of());

      Process client = client(source, target);
      try (Writer in = client.outputWriter(StandardCharsets.UTF_8)) {
        for (String line :
            LargeFileClient.lines(server.url(), session.saved(), conversation.id())) {
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

  /** The ciphertext is a little longer than the file. */
  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(Crowd.SETTINGS);
    settings.put("LIMIT_FILE_MIB", Integer.toString(MIB + 1));
    return settings;
  }

  /** By the machine's time, as the server's process has it. */
  private static ChatSession register(String url) {
    SignUp begun =
        ChatClient.to(ServerAddress.parse(url), HttpSettings.defaults(), Clock.systemUTC())
            .register(
                new EmailAddress("alice@example.org"),
                new Username("alice"),
                Password.of("correct horse"));
    TestClock clock = TestClock.atNoon();
    clock.advance(Duration.between(clock.instant(), Instant.now()));
    return begun.confirm(new Authenticator(clock).code(begun.secret().secretText())).session();
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
