package org.securechat.http;

import org.junit.jupiter.api.AfterAll;
import org.securechat.domain.ChatSettings;
import org.securechat.testkit.wire.WireContract;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireWorld;

/** The wire contract over stores on the heap, signed as HTTP messages. */
class MessageContractTest extends WireContract {
  private final InMemoryServer server = InMemoryServer.start(ChatSettings.defaults());
  private final WireWorld world = new WireWorld(server.url(), server.clock(), WireScheme.RFC9421);

  @Override
  protected WireWorld world() {
    return world;
  }

  @AfterAll
  void stop() {
    server.close();
  }
}
