package org.securechat.domain.sync;

import java.util.ArrayList;
import java.util.List;
import org.securechat.domain.timeline.Entry;

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

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** Adds an event if there is room for it. */
  void add(SyncEvent event) {
    if (more || room() == 0 || bytesLeft <= 0) {
      more = true;
      return;
    }
    events.add(event);
    if (event instanceof SyncEvent.Appended appended) {
      bytesLeft -= size(appended.entry());
    }
  }

  /** Says that something is left out. */
  void addMore() {
    more = true;
  }

  private static int size(Entry entry) {
    if (entry instanceof Entry.Message message) {
      return message.content().map(content -> content.ciphertext().length).orElse(0);
    }
    return entry instanceof Entry.Epoch epoch ? epoch.statement().length() : 0;
  }

  SyncAnswer end() {
    return new SyncAnswer(events, more);
  }
}
