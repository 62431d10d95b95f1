package org.securechat.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.sync.Sync;
import org.securechat.domain.sync.SyncSettings;
import org.securechat.testkit.Background;
import org.securechat.testkit.wire.WireAnswer;
import org.securechat.testkit.wire.WireGroup;
import org.securechat.testkit.wire.WireJson;
import org.securechat.testkit.wire.WireScheme;
import org.securechat.testkit.wire.WireUser;
import org.securechat.testkit.wire.WireWorld;

/** How much one answer of {@code POST /api/sync} holds, and how many may wait in all. */
class SyncBoundsTest {
  private static final int LARGEST_CONTENT = 65_536;
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private InMemoryServer server;
  private WireUser alice;
  private WireUser bob;

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
                defaults.conversations(),
                defaults.timeline(),
                defaults.files(),
                new SyncSettings(1, 1)));
    WireWorld world = new WireWorld(server.url(), server.clock(), WireScheme.ENVELOPE);
    alice = world.user("alice");
    bob = world.user("bob");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static WireAnswer sync(WireUser user, WireGroup group, long wait) {
    Map<String, @Nullable Object> after = WireJson.object(Long.toString(group.id()), 1L);
    return user.post("/api/sync", WireJson.object("after", after, "wait", wait));
  }

  private static void assertEvents(int expected, boolean more, WireAnswer answer) {
    assertEquals(expected, answer.expect(200).objects("events").size());
    assertEquals(more, answer.at("more"));
  }

  @Test
  void events_asManyAsOneAnswerHoldsAndOneMore_areToldAndLeftForTheNext() {
    WireGroup group = WireGroup.begin(alice);
    for (int i = 0; i < Sync.MAX_EVENTS; i++) {
      group.send(alice, "message");
    }
    assertEvents(Sync.MAX_EVENTS, false, sync(alice, group, 0));

    group.send(alice, "one more");

    assertEvents(Sync.MAX_EVENTS, true, sync(alice, group, 0));
  }

  @Test
  void bytes_asManyAsOneAnswerHoldsAndMore_areToldAndLeftForTheNext() {
    WireGroup group = WireGroup.begin(alice);
    int fitting = MOST_BYTES / LARGEST_CONTENT;
    for (int i = 0; i < fitting; i++) {
      group.send(alice, group.message(alice, WireGroup.bytes(LARGEST_CONTENT), List.of(), null));
    }
    assertEvents(fitting, false, sync(alice, group, 0));

    group.send(alice, "one more");

    assertEvents(fitting, true, sync(alice, group, 0));
  }

  @Test
  void wait_oneTooManyInAll_isUnavailableAndTheOtherGoesOn() throws Exception {
    WireGroup ofAlice = WireGroup.begin(alice);
    WireGroup ofBob = WireGroup.begin(bob);
    CompletableFuture<WireAnswer> first = Background.supply(() -> sync(alice, ofAlice, 30));
    CompletableFuture<WireAnswer> second = Background.supply(() -> sync(bob, ofBob, 30));

    Object refused = CompletableFuture.anyOf(first, second).get(20, TimeUnit.SECONDS);

    ((WireAnswer) refused).refused("503 unavailable");
    assertTrue(((WireAnswer) refused).header("Retry-After").isPresent());
    boolean aliceWaits = !first.isDone();
    ofAlice.send(alice, "wake up");
    ofBob.send(bob, "wake up");
    assertEvents(1, false, (aliceWaits ? first : second).get(20, TimeUnit.SECONDS));
    assertEvents(1, false, sync(aliceWaits ? bob : alice, aliceWaits ? ofBob : ofAlice, 30));
  }
}
