package org.securechat.domain.conversation;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.securechat.domain.identity.UserId;

/**
 * What is written to a conversation in one step.
 *
 * @param epoch is appended
 * @param name replaces the one that stands
 * @param removed are in it no more, with everything that they had in it; they may be readable in
 *     entries only
 * @param put come in, or are changed
 */
public record ConversationChange(
    Optional<AppendedEpoch> epoch,
    Optional<ConversationName> name,
    Set<UserId> removed,
    List<Participant> put) {

  public ConversationChange {
    removed = Set.copyOf(removed);
    put = List.copyOf(put);
  }

  static ConversationChange nothing() {
    return new ConversationChange(Optional.empty(), Optional.empty(), Set.of(), List.of());
  }

  static ConversationChange join(Participant participant) {
    return new ConversationChange(
        Optional.empty(), Optional.empty(), Set.of(), List.of(participant));
  }

  static ConversationChange leave(UserId user) {
    return new ConversationChange(Optional.empty(), Optional.empty(), Set.of(user), List.of());
  }

  /** Whether it leaves everything as it is. */
  public boolean isNothing() {
    return epoch.isEmpty() && name.isEmpty() && removed.isEmpty() && put.isEmpty();
  }

  /** Who came, went, or has another part in it now. */
  Set<UserId> affected() {
    Set<UserId> affected = new HashSet<>(removed);
    put.forEach(participant -> affected.add(participant.user()));
    return affected;
  }
}
