package org.securechat.app;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.securechat.app.Friends.Friend;
import org.securechat.testkit.TestClock;

/** Alice asks the real server, and Bob one between that may lie to him. */
abstract class BobIsLiedTo {
  @TempDir Path folder;
  final TestClock clock = TestClock.atNoon();
  TestServer server;
  LyingServer evil;
  Friends honestly;
  Friends atEvil;
  Friend alice;
  Friend bob;

  @BeforeEach
  final void register() {
    startServers();
    honestly = new Friends(server.url(), clock);
    atEvil = new Friends(evil.url(), clock);
    alice = honestly.register("alice");
    bob = atEvil.register("bob");
  }

  final void startServers() {
    server = TestServer.start(folder, clock);
    evil = LyingServer.before(server);
  }

  @AfterEach
  final void stop() {
    evil.close();
    server.close();
  }
}
