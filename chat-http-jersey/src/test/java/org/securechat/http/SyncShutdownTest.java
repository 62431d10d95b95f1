package org.securechat.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.sync.SyncSettings;
import org.securechat.testkit.wire.WireAnswer;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireUser;
import org.securechat.testkit.wire.WireWorld;

@Timeout(60)
class SyncShutdownTest {
  private final InMemoryServer server = InMemoryServer.start(oneWaiter());
  private final WireWorld world = new WireWorld(server.url(), server.clock(), WireScheme.ENVELOPE);

  /** So that the refusal of a second one tells that the first one waits. */
  private static ChatSettings oneWaiter() {
    ChatSettings defaults = ChatSettings.defaults();
    return new ChatSettings(
        defaults.requests(),
        defaults.sessions(),
        defaults.registrations(),
        defaults.credentials(),
        defaults.blocks(),
        defaults.conversations(),
        defaults.timeline(),
        defaults.files(),
        new SyncSettings(1, 1));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void endWaits_whileSomebodyWaits_answersAtOnce() throws Exception {
    WireUser alice = world.user("alice");
    CompletableFuture<WireAnswer> waiting =
        CompletableFuture.supplyAsync(() -> post(alice, "{\"after\":{},\"wait\":30}"));
    while (alice.post("/api/sync", "{\"after\":{}}").status() == 200) {
      Thread.onSpinWait();
    }

    server.chat().sync().endWaits();

    assertEquals(
        "{\"events\":[],\"more\":false}", waiting.get(20, TimeUnit.SECONDS).expect(200).body());
  }

  private static WireAnswer post(WireUser user, String data) {
    WireAnswer answer;
    do {
      answer = user.post("/api/sync", data);
    } while (answer.status() != 200);
    return answer;
  }
}
