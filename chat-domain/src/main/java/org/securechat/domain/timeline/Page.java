package org.securechat.domain.timeline;

import java.util.List;

/**
 * Some entries in a row.
 *
 * @param entries the oldest first
 * @param more whether the range has others: older ones if the page ends at the newest, otherwise
 *     newer ones
 */
public record Page(List<Entry> entries, boolean more) {
  public Page {
    entries = List.copyOf(entries);
  }
}
