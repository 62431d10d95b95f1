package org.securechat.testkit.model;

import java.time.Clock;
import java.util.Random;
import java.util.function.Function;
import org.securechat.domain.ChatStores;
import org.securechat.domain.conversation.ConversationSettings;
import org.securechat.domain.conversation.Conversations;
import org.securechat.domain.event.LocalEventBus;
import org.securechat.domain.file.FileSettings;
import org.securechat.domain.file.Files;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.sync.Sync;
import org.securechat.domain.sync.SyncSettings;
import org.securechat.domain.timeline.Timeline;
import org.securechat.domain.timeline.TimelineSettings;

/** The use cases over one set of stores; in all worlds of a run they draw the same ids. */
final class World {
  private final String name;
  private final ChatStores stores;
  private final Conversations conversations;
  private final Timeline timeline;
  private final Files files;
  private final Sync sync;

  World(String name, ChatStores stores, ConversationSettings settings, long seed, Clock clock) {
    this.name = name;
    this.stores = stores;
    LocalEventBus events = new LocalEventBus();
    RandomSource random = seeded(seed);
    conversations =
        new Conversations(
            stores.conversations(),
            stores.conversationKeys(),
            Person.verifier(),
            settings,
            events,
            random,
            clock);
    timeline =
        new Timeline(
            stores.messages(),
            stores.conversations(),
            Person.verifier(),
            TimelineSettings.defaults(),
            events,
            clock);
    files =
        new Files(stores.files(), stores.conversations(), FileSettings.defaults(), random, clock);
    sync =
        new Sync(
            stores.conversations(),
            stores.messages(),
            caller -> {},
            events,
            SyncSettings.defaults(),
            clock);
  }

  private static RandomSource seeded(long seed) {
    Random random = new Random(seed);
    return count -> {
      byte[] bytes = new byte[count];
      random.nextBytes(bytes);
      return bytes;
    };
  }

  String name() {
    return name;
  }

  ChatStores stores() {
    return stores;
  }

  Conversations conversations() {
    return conversations;
  }

  Timeline timeline() {
    return timeline;
  }

  Files files() {
    return files;
  }

  Sync sync() {
    return sync;
  }

  /** What a call comes to, as something that can be compared with another world's. */
  Object outcome(Function<World, Object> call) {
    try {
      return call.apply(this);
    } catch (RejectedException e) {
      return new Refusal(
          e.reason() + " " + e.fields() + " " + e.currentEpoch() + " " + e.retryAfter());
    }
  }

  /** A refusal with everything that is told of it. */
  record Refusal(String text) {}
}
