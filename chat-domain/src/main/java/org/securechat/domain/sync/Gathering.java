package org.securechat.domain.sync;

import java.util.ArrayList;
import java.util.List;

/** An answer in the making, which has its bounds. Used by one thread. */
final class Gathering {
  private final List<SyncEvent> events = new ArrayList<>();
  private int bytesLeft;
  private boolean more;

  Gathering(int maxBytes) {
    bytesLeft = maxBytes;
  }

  /** How many events have room. */
  int room() {
    return Sync.MAX_EVENTS - events.size();
  }

  int bytesLeft() {
    return bytesLeft;
  }

  /** Whether something found no room, so that nothing may come after it. */
  boolean isFull() {
    return more;
  }

  /** Whether something would find room; if not, it is left out. */
  boolean makesRoom() {
    more |= room() == 0 || bytesLeft <= 0;
    return !more;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** Adds an event if there is room for it. */
  void add(SyncEvent event) {
    if (makesRoom()) {
      events.add(event);
      if (event instanceof SyncEvent.Appended appended) {
        bytesLeft -= appended.entry().size();
      }
    }
  }

  SyncAnswer end() {
    return new SyncAnswer(events, more);
  }
}
