package org.securechat.domain.upkeep;

import java.time.Clock;
import java.time.Instant;

/**
 * Removes what has expired, and what ended accounts and conversations have left. Nothing depends on
 * when it runs: what is expired is refused whether it is still stored or not. Two processes may run
 * it at once.
 */
public final class Housekeeping {
  /** The most rows that one call removes of each thing. */
  static final int BATCH = 500;

  private final AccountSweep accounts;
  private final ConversationSweep conversations;
  private final Clock clock;

  public Housekeeping(AccountSweep accounts, ConversationSweep conversations, Clock clock) {
    this.accounts = accounts;
    this.conversations = conversations;
    this.clock = clock;
  }

  /**
   * Does one bounded batch.
   *
   * @return whether more is left, so that another call now is worth it
   */
  public boolean run() {
    Instant now = clock.instant();
    boolean more = accounts.run(now);
    more |= conversations.run(now);
    return more;
  }
}
