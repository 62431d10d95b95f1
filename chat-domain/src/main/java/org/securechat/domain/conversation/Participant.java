package org.securechat.domain.conversation;

import java.time.Instant;
import java.util.Optional;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.transcript.Role;

/**
 * Somebody who is in a conversation, joined or only invited.
 *
 * @param joinedAt milliseconds; empty while they are invited
 * @param addedEpoch the epoch that added them, last
 * @param invitedBy who wrote that epoch's statement
 */
public record Participant(
    UserId user,
    Role role,
    Optional<Instant> joinedAt,
    long addedEpoch,
    Window window,
    UserId invitedBy) {

  public boolean hasJoined() {
    return joinedAt.isPresent();
  }

  Participant in(Role newRole) {
    return new Participant(user, newRole, joinedAt, addedEpoch, window, invitedBy);
  }

  Participant joined(Instant at) {
    return new Participant(user, role, Optional.of(at), addedEpoch, window, invitedBy);
  }

  /**
   * Holds somebody to being in the conversation. Whoever is not gets the same answer as for a
   * conversation that never was.
   *
   * @throws RejectedException with NOT_FOUND
   */
  public static Participant require(Optional<Participant> participant) {
    return participant.orElseThrow(RejectedException::notFound);
  }

  /**
   * Holds somebody to having joined the conversation.
   *
   * @throws RejectedException with NOT_FOUND if they are not in it, or FORBIDDEN while they are
   *     only invited
   */
  public static Participant requireJoined(Optional<Participant> participant) {
    Participant present = require(participant);
    if (!present.hasJoined()) {
      throw RejectedException.of(Rejection.FORBIDDEN);
    }
    return present;
  }
}
