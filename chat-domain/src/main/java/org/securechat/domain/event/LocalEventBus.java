package org.securechat.domain.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A bus within one process: whoever publishes calls the listeners. Safe for use by many threads.
 */
public final class LocalEventBus implements EventBus {
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** Its identity is what ends it: one consumer may listen twice. */
  private static final class Listener {
    private final Consumer<Change> consumer;

    Listener(Consumer<Change> consumer) {
      this.consumer = consumer;
    }
  }

  @Override
  public void publish(Change change) {
    for (Listener listener : listeners) {
      try {
        listener.consumer.accept(change);
      } catch (RuntimeException e) {
        // The change is durable: its maker must not hear of a failure, and the listener looks into
        // the stores sooner or later.
      }
    }
  }

  @Override
  public Subscription subscribe(Consumer<Change> consumer) {
    Listener listener = new Listener(consumer);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
