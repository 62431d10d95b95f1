package org.securechat.domain.timeline;

import org.securechat.domain.conversation.Tip;

/** What becomes of a message. */
public sealed interface PostDecision {

  /**
   * It is appended, and carries its files from now on.
   *
   * @param tip the timeline's end with it
   */
  record Append(Entry.Message message, Tip tip) implements PostDecision {}

  /** It is there already; nothing is written. */
  record Earlier(long entry) implements PostDecision {}
}
