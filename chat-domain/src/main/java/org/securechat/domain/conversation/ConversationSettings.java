package org.securechat.domain.conversation;

import java.time.Duration;
import org.securechat.domain.transcript.EpochStatement;

/**
 * The bounds of conversations.
 *
 * @param members how many may be in one, at most {@link EpochStatement#MAX_MEMBERS}
 * @param keyBytes of one wrapped key, 1 to {@link WrappedKey#MAX_LENGTH}
 * @param startsPerDay how many conversations a user may begin within {@link #STARTS_WINDOW}
 * @param pendingInvitations how many invitations of a user may be unanswered
 */
public record ConversationSettings(
    int members, int keyBytes, int startsPerDay, int pendingInvitations) {
  /** Conversations with more participants don't list them, but where one is asked for alone. */
  public static final int LISTED_PARTICIPANTS = 100;

  /** How long a conversation counts among those that a user has begun. */
  public static final Duration STARTS_WINDOW = Duration.ofDays(1);

  public ConversationSettings {
    if (members < 1 || members > EpochStatement.MAX_MEMBERS) {
      throw new IllegalArgumentException(
          "A conversation has 1 to " + EpochStatement.MAX_MEMBERS + " members");
    }
    if (keyBytes < 1 || keyBytes > WrappedKey.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "A wrapped key has 1 to " + WrappedKey.MAX_LENGTH + " bytes");
    }
    if (startsPerDay < 1 || pendingInvitations < 0) {
      throw new IllegalArgumentException("A user may begin at least one conversation");
    }
  }

  /** 1,000 members, keys of 8 KiB, 1,000 conversations a day, 5,000 unanswered invitations. */
  public static ConversationSettings defaults() {
    return new ConversationSettings(EpochStatement.MAX_MEMBERS, 8 * 1024, 1_000, 5_000);
  }
}
