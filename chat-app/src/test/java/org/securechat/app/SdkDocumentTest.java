package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.testkit.TestClock;

/** Compiles and runs the programs of {@code docs/sdk.md}, taken out of its text. */
class SdkDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/sdk.md");
  private static final Pattern SECRET = Pattern.compile("[?&]secret=([A-Z2-7]+)");

  @TempDir Path folder;
  private String text = "";

  @BeforeEach
  void read() throws IOException {
    text = Files.readString(DOCUMENT);
  }

  /** The program of a name, as a file. */
  private Path program(String name) throws IOException {
    List<String> programs =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(text)
            .results()
            .map(block -> block.group(1))
            .filter(block -> block.contains("\nclass " + name + " {"))
            .toList();
    assertEquals(1, programs.size(), name);
    return Files.writeString(folder.resolve(name + ".java"), programs.get(0));
  }

  @Test
  void firstConversation_ofTheDocument_isRead() throws Exception {
    try (TestServer server = TestServer.start(folder, Clock.systemUTC());
        ClientRun client =
            ClientRun.compile(
                folder,
                program("FirstConversation"),
                Map.of("PASSWORD", "correct horse"),
                server.url())) {
      client.type(code(client.line()));
      client.type(code(client.line()));

      assertEquals("erin: Hungry?", client.end(0));
    }
    assertTrue(Files.size(folder.resolve("erin.state")) > 0);
  }

  /** What an authenticator shows who was told this, by the machine's time. */
  private static String code(String asked) {
    Matcher secret = SECRET.matcher(asked);
    assertTrue(secret.find(), asked);
    TestClock clock = TestClock.atNoon();
    clock.advance(Duration.between(clock.instant(), Instant.now()));
    return new Authenticator(clock).code(secret.group(1));
  }

  @Test
  void firstMessage_ofTheDocument_isReadBack() throws Exception {
    try (ClientRun program = ClientRun.compile(folder, program("FirstMessage"), Map.of())) {
      assertEquals("Hungry?", program.end(0));
    }
    assertTrue(text.contains("FirstMessage.java\nHungry?\n```"));
  }
}
