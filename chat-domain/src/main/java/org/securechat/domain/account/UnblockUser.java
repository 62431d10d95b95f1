package org.securechat.domain.account;

import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.session.SignedCaller;

/** Use case: somebody takes a block back. */
public final class UnblockUser {
  private final ReadUser users;
  private final BlockStore blocks;

  UnblockUser(ReadUser users, BlockStore blocks) {
    this.users = users;
    this.blocks = blocks;
  }

  /**
   * Unblocks the user of a name; nothing changes for one who is not blocked.
   *
   * @throws RejectedException with NOT_FOUND if nobody has the name, REPLAYED_REQUEST, or
   *     NOT_AUTHENTICATED if the session ended meanwhile
   */
  public void unblock(SignedCaller caller, Username name) {
    blocks.unblock(users.read(name).id(), caller.caller().actor(), caller.once());
  }
}
