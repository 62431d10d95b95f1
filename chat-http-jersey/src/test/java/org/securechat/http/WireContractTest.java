package org.securechat.http;

import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.securechat.domain.ChatSettings;
import org.securechat.testkit.wire.WireContract;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireWorld;

/** The wire contract over stores on the heap, by each way to sign. */
@ParameterizedClass
@EnumSource(WireScheme.class)
@SuppressWarnings("NullAway.Init") // it does not know the method that runs first
class WireContractTest extends WireContract {
  @Parameter WireScheme scheme;

  private InMemoryServer server;
  private WireWorld world;

  @BeforeParameterizedClassInvocation
  void start() {
    server = InMemoryServer.start(ChatSettings.defaults());
    world = new WireWorld(server.url(), server.clock(), scheme);
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
