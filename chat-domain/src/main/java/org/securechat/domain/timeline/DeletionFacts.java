package org.securechat.domain.timeline;

import java.util.Optional;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EntryKind;

/**
 * What a deletion is decided by.
 *
 * @param target the entry to delete
 */
public record DeletionFacts(TimelineFacts timeline, Optional<Target> target) {

  /**
   * An entry that somebody wants to delete.
   *
   * @param deletion the entry that has deleted it already
   */
  public record Target(long id, EntryKind kind, UserId sender, Optional<Long> deletion) {}
}
