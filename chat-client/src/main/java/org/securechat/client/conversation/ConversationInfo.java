package org.securechat.client.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;

/**
 * A conversation by the server's word: good for a list and for what only the server knows, such as
 * who has joined and read what. Who is a member, the statement of its newest epoch says.
 *
 * @param rekeyRequired whether somebody has left, so that the next message needs a new epoch
 * @param last the id of the last entry
 * @param unread messages of others that this user has not read, counted up to 1,000
 * @param participants empty in lists, where there are more than 100
 */
public record ConversationInfo(
    ConversationId id,
    GroupId group,
    Instant createdAt,
    long epoch,
    boolean rekeyRequired,
    long last,
    int unread,
    int participantCount,
    Optional<List<Participant>> participants) {

  public ConversationInfo {
    participants = participants.map(List::copyOf);
  }

  /**
   * Somebody in it.
   *
   * @param joined false while they are only invited
   * @param readUpTo the last entry that they say they have read; 0 for none
   */
  public record Participant(UserId user, Username name, boolean joined, long readUpTo) {}

  /** Somebody's part in it, where participants are listed. */
  public Optional<Participant> participant(UserId user) {
    return participants.flatMap(
        all -> all.stream().filter(each -> each.user().equals(user)).findFirst());
  }
}
