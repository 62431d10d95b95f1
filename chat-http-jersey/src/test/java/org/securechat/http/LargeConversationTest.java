package org.securechat.http;

import org.junit.jupiter.api.AfterEach;
import org.securechat.domain.ChatSettings;
import org.securechat.testkit.wire.LargeConversationContract;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireWorld;

class LargeConversationTest implements LargeConversationContract {
  private final InMemoryServer server = InMemoryServer.start(ChatSettings.defaults());
  private final WireWorld world = new WireWorld(server.url(), server.clock(), WireScheme.RFC9421);

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  public WireWorld world() {
    return world;
  }
}
