package org.securechat.persistence;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.account.Block;
import org.securechat.domain.identity.UserId;

/** The SQL of {@code blocks}. */
interface BlockSql {

  @SqlQuery("SELECT EXISTS (SELECT 1 FROM blocks WHERE user_id = :user AND blocked_id = :blocked)")
  boolean exists(UserId user, UserId blocked);

  @SqlQuery("SELECT COUNT(*) FROM blocks WHERE user_id = :user")
  int count(UserId user);

  @SqlUpdate(
      "INSERT INTO blocks (user_id, blocked_id, created_at_ms) VALUES (:user, :blocked, :at)")
  void insert(UserId user, UserId blocked, Instant at);

  @SqlUpdate("DELETE FROM blocks WHERE user_id = :user AND blocked_id = :blocked")
  void remove(UserId user, UserId blocked);

  @SqlQuery(
      """
      SELECT blocks.blocked_id, blocks.created_at_ms, users.username FROM blocks
      JOIN users ON users.id = blocks.blocked_id
      WHERE blocks.user_id = :user
      ORDER BY users.username_canonical
      """)
  List<Block> list(UserId user);
}
