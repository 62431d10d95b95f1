package org.securechat.persistence;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.Proof;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;

/**
 * The SQL of all tables on one connection, for a unit of work, and what several stores do with it.
 */
record Tables(
    AccountSql accounts,
    SecondFactorSql secondFactors,
    RegistrationSql registrations,
    SessionSql sessions,
    BlockSql blocks,
    AttemptSql attempts,
    ReplaySql replays,
    RestoreSql restores,
    ConversationSql conversations,
    KeySql keys,
    TimelineSql timelines,
    TimelineStatements timelineStatements,
    FileSql files) {
  private static final int STALE_KEYS = 128;

  /**
   * A Jdbi that binds and reads the domain's values. Its exceptions do not show what was bound:
   * that is what users sent, and messages end in logs.
   */
  static Jdbi jdbi(DataSource connections) {
    Jdbi jdbi = Jdbi.create(connections);
    ConversationRows.register(jdbi);
    TimelineRows.register(jdbi);
    return jdbi.configure(
            StatementExceptions.class,
            exceptions -> exceptions.setMessageRendering(StatementExceptions.MessageRendering.NONE))
        .installPlugin(new SqlObjectPlugin())
        .registerArgument(new DomainArguments())
        .registerRowMapper(new Rows.AccountMapper())
        .registerRowMapper(new Rows.RegistrationMapper())
        .registerRowMapper(new Rows.SessionMapper())
        .registerRowMapper(new Rows.KdfMapper())
        .registerRowMapper(new Rows.TicketMapper())
        .registerRowMapper(new Rows.ResetMapper())
        .registerRowMapper(new Rows.BlockMapper())
        .registerRowMapper(new Rows.HoldingsMapper())
        .registerRowMapper(new Rows.AttemptCountMapper());
  }

  static Tables attachedTo(Handle handle) {
    return new Tables(
        handle.attach(AccountSql.class),
        handle.attach(SecondFactorSql.class),
        handle.attach(RegistrationSql.class),
        handle.attach(SessionSql.class),
        handle.attach(BlockSql.class),
        handle.attach(AttemptSql.class),
        handle.attach(ReplaySql.class),
        handle.attach(RestoreSql.class),
        handle.attach(ConversationSql.class),
        handle.attach(KeySql.class),
        handle.attach(TimelineSql.class),
        new TimelineStatements(handle.getConnection()),
        handle.attach(FileSql.class));
  }

  void requireUnspent(Once once) {
    if (replays.contains(once)) {
      throw RejectedException.replayedRequest();
    }
  }

  /** What every change in somebody's name begins with. */
  void requireUnspentAndLive(Once once, Actor actor) {
    requireUnspent(once);
    requireLive(actor);
  }

  void requireLive(Actor actor) {
    if (!sessions.exists(actor)) {
      throw RejectedException.notAuthenticated();
    }
  }

  /** Whether what was proved can be spent, and was held against what is still the account's. */
  boolean stands(UserId user, Proof proof) {
    return accounts.find(user).map(Account::secrets).equals(Optional.of(proof.secrets()))
        && proof.factor().map(factor -> secondFactors.isUnspent(user, factor)).orElse(true);
  }

  void spend(UserId user, Proof proof) {
    proof.factor().ifPresent(factor -> secondFactors.spend(user, factor));
  }

  void settle(Settlement settlement) {
    for (AttemptCounter counter : settlement.cleared()) {
      attempts.remove(counter);
    }
    for (Settlement.Refund refund : settlement.refunded()) {
      attempts
          .find(refund.counter())
          .ifPresent(count -> attempts.put(refund.counter(), refund.rule().refund(count)));
    }
  }

  /** Removes some of the keys that somebody has left where they are no more; returns how many. */
  int removeStaleKeys(Departure departure) {
    int removed =
        keys.removeKeys(
            departure.conversation(),
            List.of(departure.user()),
            departure.staleKeyEpoch().orElse(0L),
            STALE_KEYS);
    if (removed < STALE_KEYS) {
      conversations.removeStale(departure.user(), departure.conversation());
    }
    return Math.max(removed, 1);
  }
}
