package org.securechat.domain.conversation;

import java.util.Set;
import org.securechat.domain.identity.UserId;

/**
 * What a change wants to know beside the conversation's head.
 *
 * @param users whose accounts it asks for; those who are in the conversation are not looked up
 * @param seen the entry whose running hash it asks for
 */
public record ChangeQuery(Set<UserId> users, long seen) {
  /** Nothing but the head. */
  static final ChangeQuery NONE = new ChangeQuery(Set.of(), 0);

  public ChangeQuery {
    users = Set.copyOf(users);
  }
}
