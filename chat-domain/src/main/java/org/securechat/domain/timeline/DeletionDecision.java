package org.securechat.domain.timeline;

import org.securechat.domain.conversation.Tip;

/** What becomes of a deletion. */
public sealed interface DeletionDecision {

  /**
   * It is appended, and the message loses its content and the bytes of its files.
   *
   * @param tip the timeline's end with it
   */
  record Append(Entry.Deletion deletion, Tip tip) implements DeletionDecision {}

  /** The message is deleted already; nothing is written. */
  record Earlier(long entry) implements DeletionDecision {}
}
