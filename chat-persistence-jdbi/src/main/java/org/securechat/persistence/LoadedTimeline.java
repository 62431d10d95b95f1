package org.securechat.persistence;

import java.util.Optional;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.timeline.DeletionFacts;
import org.securechat.domain.timeline.TimelineFacts;

/**
 * What a change to a timeline is decided by, as it was loaded.
 *
 * @param live whether the actor's session is there
 * @param facts empty if there is no such conversation
 * @param messageCount how many messages it has
 * @param senderNumber how many of these are the actor's
 * @param earlier the actor's message of the client id that was asked for
 * @param target the entry that was asked for
 * @param readUpTo the actor's mark
 */
record LoadedTimeline(
    boolean live,
    Optional<TimelineFacts> facts,
    long messageCount,
    long senderNumber,
    Optional<Long> earlier,
    Optional<DeletionFacts.Target> target,
    long readUpTo) {

  /** Itself, if the actor may change anything. */
  LoadedTimeline requireLive() {
    if (!live) {
      throw RejectedException.notAuthenticated();
    }
    return this;
  }
}
