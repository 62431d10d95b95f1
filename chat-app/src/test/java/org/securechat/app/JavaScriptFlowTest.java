package org.securechat.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client of the original description, in JavaScript, against the real server. */
class JavaScriptFlowTest {
  @TempDir Path folder;

  @Test
  void originalClient_wholeFlow_works() throws IOException, InterruptedException {
    NodeProject project = NodeProject.install(folder);

    try (TestServer server = TestServer.start(folder, Clock.systemUTC())) {
      NodeProject.Ended ended = project.run("node", "flow.js", server.url());

      assertEquals(0, ended.code(), ended.output());
      assertTrue(ended.output().endsWith("flow: ok\n"), ended.output());
    }
  }
}
