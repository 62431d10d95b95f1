package org.securechat.persistence;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.credential.AttemptCount;
import org.securechat.domain.credential.AttemptCounter;

/** The SQL of {@code attempts}. */
interface AttemptSql {

  @SqlQuery("SELECT * FROM attempts WHERE kind = :kind AND subject = :subject")
  Optional<AttemptCount> find(@BindMethods AttemptCounter counter);

  @SqlUpdate(
      """
      INSERT INTO attempts (kind, subject, attempts, since_ms, blocked_until_ms)
      VALUES (:kind, :subject, :count.attempts, :count.since, :count.blockedUntil)
      ON CONFLICT (kind, subject) DO UPDATE SET
        attempts = excluded.attempts,
        since_ms = excluded.since_ms,
        blocked_until_ms = excluded.blocked_until_ms
      """)
  void put(@BindMethods AttemptCounter counter, @BindMethods("count") AttemptCount count);

  @SqlUpdate("DELETE FROM attempts WHERE kind = :kind AND subject = :subject")
  void remove(@BindMethods AttemptCounter counter);

  /** Says twice which, so that one that is counted up meanwhile stays. */
  @SqlUpdate(
      """
      DELETE FROM attempts WHERE (kind, subject) IN (
        SELECT kind, subject FROM attempts
        WHERE kind = :kind AND since_ms < :since
          AND (blocked_until_ms IS NULL OR blocked_until_ms <= :now)
        ORDER BY since_ms LIMIT :limit)
      AND since_ms < :since AND (blocked_until_ms IS NULL OR blocked_until_ms <= :now)
      """)
  int forgetBefore(AttemptCounter.Kind kind, Instant since, Instant now, int limit);
}
