package org.securechat.domain.conversation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;

/**
 * A conversation as a change to its membership finds it.
 *
 * @param statement the newest epoch's
 * @param participants by their ids
 */
public record ConversationHead(
    ConversationId id,
    GroupId group,
    Optional<ConversationName> name,
    EpochStatement statement,
    Tip tip,
    Map<UserId, Participant> participants) {

  public ConversationHead {
    participants = Map.copyOf(participants);
  }

  public Optional<Participant> participant(UserId user) {
    return Optional.ofNullable(participants.get(user));
  }

  /** Who is in the newest epoch and has left since. */
  public Set<UserId> leavers() {
    return statement.leavers(participants.keySet());
  }
}
