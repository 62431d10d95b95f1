package org.securechat.persistence;

import java.time.Duration;

/**
 * Is told how the group commit gets on. Called by the threads that write, before the callers go on:
 * must not block or throw.
 */
public interface WriteObserver {
  /** Sees nothing. */
  WriteObserver NONE =
      new WriteObserver() {
        @Override
        public void waited(Duration wait) {}

        @Override
        public void committed(int units) {}
      };

  /** A change was taken from the queue, after so long. */
  void waited(Duration wait);

  /** One commit made so many changes durable. */
  void committed(int units);
}
