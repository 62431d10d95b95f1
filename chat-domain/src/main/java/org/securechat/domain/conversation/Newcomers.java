package org.securechat.domain.conversation;

import java.util.Map;
import org.securechat.domain.identity.UserId;

/**
 * What is known of the users that a change adds, at the moment of the change.
 *
 * @param accounts of those users who exist
 * @param pendingInvitations how many invitations of the actor are unanswered, in all conversations
 */
public record Newcomers(Map<UserId, Newcomer> accounts, int pendingInvitations) {

  public Newcomers {
    accounts = Map.copyOf(accounts);
  }
}
