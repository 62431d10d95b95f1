package org.securechat.domain.account;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.SignedCaller;

/** Use case: somebody blocks another user, who then can't draw them into a conversation. */
public final class BlockUser {
  private final ReadUser users;
  private final BlockStore blocks;
  private final BlockSettings settings;
  private final Clock clock;

  BlockUser(ReadUser users, BlockStore blocks, BlockSettings settings, Clock clock) {
    this.users = users;
    this.blocks = blocks;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Blocks the user of a name; nothing changes for one who is blocked already.
   *
   * @throws RejectedException with INVALID_REQUEST for oneself, NOT_FOUND if nobody has the name,
   *     TOO_MANY_BLOCKS, REPLAYED_REQUEST, or NOT_AUTHENTICATED if the session ended meanwhile
   */
  public void block(SignedCaller caller, Username name) {
    UserId blocked = users.read(name).id();
    Actor actor = caller.caller().actor();
    if (blocked.equals(actor.user())) {
      throw RejectedException.invalidFields(Map.of("username", "Can't be your own"));
    }
    BlockStore.Outcome outcome =
        blocks.block(
            blocked,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            settings.perUser(),
            actor,
            caller.once());
    switch (outcome) {
      case BLOCKED -> {}
      case NO_SUCH_USER -> throw RejectedException.notFound();
      case TOO_MANY -> throw RejectedException.of(Rejection.TOO_MANY_BLOCKS);
    }
  }
}
