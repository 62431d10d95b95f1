package org.securechat.domain.conversation;

/**
 * What a participant may see of the timeline.
 *
 * @param after the entry that the statement which added them had seen: what follows it is visible
 * @param epochEntry the entry of that statement: what lies before it comes as stubs
 */
public record Window(long after, long epochEntry) {

  /** Whether the entry is visible at all, be it as a stub. */
  public boolean shows(long entry) {
    return entry > after;
  }

  /** Whether the entry is visible whole. */
  public boolean showsWhole(long entry) {
    return entry >= epochEntry;
  }
}
