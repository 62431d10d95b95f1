package org.securechat.domain.account;

import java.util.List;
import org.securechat.domain.session.Caller;

/** Use case: somebody looks whom they have blocked. */
public final class ListBlocks {
  private final BlockStore blocks;

  ListBlocks(BlockStore blocks) {
    this.blocks = blocks;
  }

  /** The users that the caller has blocked, in the order of their names. */
  public List<Block> list(Caller caller) {
    return blocks.list(caller.session().user());
  }
}
