package org.securechat.domain.sync;

import java.util.List;

/**
 * What a client is told at once.
 *
 * @param more whether there is more, so that it should ask again now
 */
public record SyncAnswer(List<SyncEvent> events, boolean more) {
  public SyncAnswer {
    events = List.copyOf(events);
  }
}
