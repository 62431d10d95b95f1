package org.securechat.app;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.securechat.testkit.TestClock;
import org.securechat.testkit.wire.WireContract;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireWorld;

/** The wire contract through the real server, on each database, by each way to sign. */
@ParameterizedClass
@CsvSource({"SQLITE, ENVELOPE", "SQLITE, RFC9421", "POSTGRESQL, ENVELOPE", "POSTGRESQL, RFC9421"})
@SuppressWarnings("NullAway.Init") // it does not know the method that runs first
class WireContractTest extends WireContract {
  @TempDir static Path folder;

  @Parameter(0)
  TestDatabase kind;

  @Parameter(1)
  WireScheme scheme;

  private TestServer server;
  private WireWorld world;

  @BeforeParameterizedClassInvocation
  void start() {
    TestClock clock = TestClock.atNoon();
    Map<String, String> database = kind.create(folder.resolve(scheme.name()));
    server = TestServer.start(folder, clock, database);
    world = new WireWorld(server.url(), clock, scheme);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    server.close();
  }

  @Override
  protected WireWorld world() {
    return world;
  }
}
