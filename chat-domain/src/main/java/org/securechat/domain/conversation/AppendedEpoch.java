package org.securechat.domain.conversation;

import java.util.Map;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.LogEntry;

/**
 * An epoch with its place in the timeline.
 *
 * @param entry as it goes into the running hash, with the statement's signature
 * @param tip the timeline's end with it
 * @param keys one for each member
 */
public record AppendedEpoch(
    LogEntry entry, Tip tip, EpochStatement statement, Map<UserId, WrappedKey> keys) {

  public AppendedEpoch {
    keys = Map.copyOf(keys);
  }
}
