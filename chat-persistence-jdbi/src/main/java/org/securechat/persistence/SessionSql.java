package org.securechat.persistence;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.Session;

/** The SQL of {@code sessions}. */
interface SessionSql {

  @SqlQuery(
      """
      SELECT sessions.*, users.public_key FROM sessions
      JOIN users ON users.id = sessions.user_id
      WHERE sessions.token_hash = :tokenHash
      """)
  Optional<Caller> find(Sha256 tokenHash);

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

  @SqlUpdate(
      """
      DELETE FROM sessions WHERE token_hash IN (
        SELECT token_hash FROM sessions
        WHERE last_used_at_ms < :lastUsedBefore OR created_at_ms < :createdBefore LIMIT :limit)
      """)
  int removeExpired(Instant lastUsedBefore, Instant createdBefore, int limit);
}
