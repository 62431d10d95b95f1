package org.securechat.domain.conversation;

import java.time.Instant;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Seen;

/**
 * The end of a timeline.
 *
 * @param seen the last entry and the running hash there
 * @param at when it was appended, milliseconds
 */
public record Tip(Seen seen, Instant at) {

  /** Before the first entry. */
  public static Tip beginning(Instant at) {
    return new Tip(Seen.NOTHING, at);
  }

  /** The id of the last entry. */
  public long last() {
    return seen.entry();
  }

  /** The end with one entry more; no entry is older than the one before it. */
  public Tip append(LogEntry entry, Instant now) {
    return new Tip(seen.next(entry), now.isBefore(at) ? at : now);
  }
}
