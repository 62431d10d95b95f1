package org.securechat.domain.conversation;

import java.time.Instant;
import java.util.Comparator;
import org.securechat.domain.transcript.ConversationId;

/**
 * A place in the order of activity.
 *
 * @param at when the conversation's last entry was appended, milliseconds
 * @param id decides between two of the same time
 */
public record ActivityMark(Instant at, ConversationId id) implements Comparable<ActivityMark> {
  /** Before all others. */
  public static final ActivityMark FIRST = new ActivityMark(Instant.EPOCH, new ConversationId(1));

  private static final Comparator<ActivityMark> ORDER =
      Comparator.comparing(ActivityMark::at).thenComparingLong(mark -> mark.id().value());

  @Override
  public int compareTo(ActivityMark other) {
    return ORDER.compare(this, other);
  }
}
