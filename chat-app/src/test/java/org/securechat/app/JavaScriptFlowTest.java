package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client of the original description, in JavaScript, against the real server. */
class JavaScriptFlowTest {
  private static final Path CLIENT = Path.of("src/test/js").toAbsolutePath();

  @TempDir Path folder;

  private static boolean hasNode() {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0
          && new ProcessBuilder("npm", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private record Ended(int code, String output) {}

  private static Ended run(Path where, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
    return new Ended(process.exitValue(), output);
  }

  @Test
  void originalClient_wholeFlow_works() throws IOException, InterruptedException {
    assumeTrue(hasNode(), "Node and npm are not here: the JavaScript client is not run");
    for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
      Files.copy(CLIENT.resolve(file), folder.resolve(file));
    }
    for (String file : List.of("api.js", "crypto.js", "flow.js")) {
      Files.copy(CLIENT.resolve(file), folder.resolve(file));
    }
    Ended installed = run(folder, "npm", "ci", "--no-audit", "--no-fund");
    assertEquals(0, installed.code(), installed.output());

    try (TestServer server = TestServer.start(folder, Clock.systemUTC())) {
      Ended ended = run(folder, "node", "flow.js", server.url());

      assertEquals(0, ended.code(), ended.output());
      assertTrue(ended.output().endsWith("flow: ok\n"), ended.output());
    }
  }
}
