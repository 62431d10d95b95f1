package org.securechat.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.securechat.domain.ChatSettings;
import org.securechat.testkit.Background;
import org.securechat.testkit.wire.WireAnswer;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireUser;
import org.securechat.testkit.wire.WireWorld;

@Timeout(60)
class SyncShutdownTest {
  private final InMemoryServer server = InMemoryServer.start(ChatSettings.defaults());
  private final WireWorld world = new WireWorld(server.url(), server.clock(), WireScheme.ENVELOPE);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void endWaits_whileSomebodyWaits_answersAtOnce() throws Exception {
    WireUser alice = world.user("alice");
    CompletableFuture<WireAnswer> waiting =
        Background.supply(() -> alice.post("/api/sync", "{\"after\":{},\"wait\":30}"));
    while (server.chat().sync().waiting() == 0) {
      Thread.onSpinWait();
    }

    server.chat().sync().endWaits();

    assertEquals(
        "{\"events\":[],\"more\":false}", waiting.get(20, TimeUnit.SECONDS).expect(200).body());
  }
}
