package org.securechat.persistence;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.Session;

/** The SQL of {@code sessions}, but for what {@link ReadingSql} does. */
interface SessionSql {

  @SqlUpdate(
      """
      INSERT INTO sessions (
        token_hash, id, user_id, state, created_at_ms, last_used_at_ms, user_agent)
      VALUES (:tokenHash, :id, :user, :state, :createdAt, :lastUsedAt, :userAgent)
      """)
  void insert(@BindMethods Session session);

  @SqlUpdate(
      """
      UPDATE sessions SET last_used_at_ms = :usedAt
      WHERE token_hash = :tokenHash AND last_used_at_ms < :usedAt
      """)
  void touch(Sha256 tokenHash, Instant usedAt);

  /** Removes one; false if there is none. */
  @SqlUpdate("DELETE FROM sessions WHERE token_hash = :tokenHash")
  boolean remove(Sha256 tokenHash);

  @SqlUpdate("DELETE FROM sessions WHERE token_hash = :tokenHash AND user_id = :user")
  void removeOwn(Sha256 tokenHash, UserId user);

  @SqlQuery(
      "SELECT EXISTS (SELECT 1 FROM sessions WHERE token_hash = :session AND user_id = :user)")
  boolean exists(@BindMethods Actor actor);

  @SqlQuery("SELECT * FROM sessions WHERE user_id = :user ORDER BY created_at_ms, id")
  List<Session> list(UserId user);

  /** Removes one by its name; false if the user has none of that name. */
  @SqlUpdate("DELETE FROM sessions WHERE user_id = :user AND id = :id")
  boolean removeNamed(UserId user, String id);

  @SqlUpdate("DELETE FROM sessions WHERE user_id = :user AND token_hash <> :session")
  void removeOthers(@BindMethods Actor actor);

  @SqlUpdate("DELETE FROM sessions WHERE user_id = :user AND state = 'RESET_REQUIRED'")
  void removeWaitingForReset(UserId user);

  /** Removes those of a user that were used longest ago, down to so many. */
  @SqlUpdate(
      """
      DELETE FROM sessions WHERE token_hash IN (
        SELECT token_hash FROM sessions WHERE user_id = :user
        ORDER BY last_used_at_ms DESC, created_at_ms DESC LIMIT 1000000 OFFSET :kept)
      """)
  void removeLongestUnused(UserId user, int kept);

  /** Says twice when, so that one that is used meanwhile stays. */
  @SqlUpdate(
      """
      DELETE FROM sessions WHERE token_hash IN (
        SELECT token_hash FROM sessions
        WHERE last_used_at_ms < :lastUsedBefore OR created_at_ms < :createdBefore
        ORDER BY last_used_at_ms, token_hash LIMIT :limit)
      AND (last_used_at_ms < :lastUsedBefore OR created_at_ms < :createdBefore)
      """)
  int removeExpired(Instant lastUsedBefore, Instant createdBefore, int limit);
}
