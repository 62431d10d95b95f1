package org.securechat.domain.event;

import java.util.function.Consumer;

/**
 * Carries changes from whoever made them to whoever waits for them. What it carries are hints: the
 * truth is in the stores, and a lost hint costs somebody a look there.
 *
 * <p>Implementations are safe for use by many threads and pass {@code EventBusContract} in
 * chat-testkit.
 */
public interface EventBus {

  /**
   * Tells every listener; never throws because of one, and does not wait for what they do with it.
   * Changes that one thread publishes one after the other arrive in that order.
   */
  void publish(Change change);

  /**
   * Begins to listen.
   *
   * @param listener must not block; may be called by many threads at once
   */
  Subscription subscribe(Consumer<Change> listener);

  /** Ends the listening when it is closed. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
