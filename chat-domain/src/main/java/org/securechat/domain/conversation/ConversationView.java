package org.securechat.domain.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;

/**
 * A conversation as one of its participants sees it.
 *
 * @param epoch the newest
 * @param rekeyRequired whether somebody has left since that began
 * @param tip the last entry
 * @param version grows with each change of the participants or the name
 * @param own the participant who looks
 * @param unread messages of others after what the participant has read, counted up to {@link
 *     #UNREAD_MAX}
 * @param participants in the order of their ids; empty where they were too many to be listed
 * @param key the participant's, of the newest epoch
 */
public record ConversationView(
    ConversationId id,
    GroupId group,
    Optional<ConversationName> name,
    Instant createdAt,
    long epoch,
    boolean rekeyRequired,
    Tip tip,
    long version,
    Participant own,
    int unread,
    int participantCount,
    Optional<List<ParticipantView>> participants,
    Optional<WrappedKey> key) {
  /** Beyond it nobody counts. */
  public static final int UNREAD_MAX = 1000;

  public ConversationView {
    participants = participants.map(List::copyOf);
  }

  /** The same without the participants, if there are too many to be listed. */
  public ConversationView listed() {
    return participantCount <= ConversationSettings.LISTED_PARTICIPANTS
        ? this
        : with(Optional.empty());
  }

  /** The same with these participants listed, or none. */
  public ConversationView with(Optional<List<ParticipantView>> others) {
    return new ConversationView(
        id,
        group,
        name,
        createdAt,
        epoch,
        rekeyRequired,
        tip,
        version,
        own,
        unread,
        participantCount,
        others,
        key);
  }

  /** Its place in the order of activity. */
  public ActivityMark activity() {
    return new ActivityMark(tip.at(), id);
  }
}
