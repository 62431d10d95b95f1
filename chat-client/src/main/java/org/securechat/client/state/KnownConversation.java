package org.securechat.client.state;

import java.util.Map;
import java.util.Optional;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.ConversationKey;
import org.securechat.protocol.conversation.ServerFault;

/**
 * What a device remembers of a conversation. Immutable.
 *
 * @param group that it stands for, for good
 * @param seen the last entry that was verified, and the running hash there: a later log has to run
 *     through it
 * @param keys of the epochs that were opened, by number
 * @param fault what the server is proven to have done, until the user decides
 */
public record KnownConversation(
    GroupId group, Seen seen, Map<Long, ConversationKey> keys, Optional<ServerFault> fault) {

  public KnownConversation {
    keys = Map.copyOf(keys);
  }

  /** One that nothing was read of yet. */
  public static KnownConversation of(GroupId group) {
    return new KnownConversation(group, Seen.NOTHING, Map.of(), Optional.empty());
  }

  /** The same with a fault of the server. */
  public KnownConversation with(ServerFault found) {
    return new KnownConversation(group, seen, keys, Optional.of(found));
  }
}
