package org.securechat.http;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.conversation.ConversationSettings;
import org.securechat.domain.file.FileSettings;
import org.securechat.domain.sync.SyncSettings;
import org.securechat.domain.timeline.TimelineSettings;
import org.securechat.testkit.wire.SmallLimitsContract;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireWorld;

class SmallLimitsTest implements SmallLimitsContract {
  private InMemoryServer server;
  private WireWorld world;

  @BeforeEach
  void start() {
    ChatSettings defaults = ChatSettings.defaults();
    server =
        InMemoryServer.start(
            new ChatSettings(
                defaults.requests(),
                defaults.sessions(),
                defaults.registrations(),
                defaults.credentials(),
                defaults.blocks(),
                new ConversationSettings(3, 1_024, 4, 2),
                new TimelineSettings(1_024),
                new FileSettings(1 << 20, 3, 2 << 20, 2, Duration.ofHours(24)),
                new SyncSettings(2, 100)));
    world = new WireWorld(server.url(), server.clock(), WireScheme.ENVELOPE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  public WireWorld world() {
    return world;
  }
}
