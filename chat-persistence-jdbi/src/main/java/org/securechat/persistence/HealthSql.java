package org.securechat.persistence;

import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The question that {@code /health} asks. */
interface HealthSql {

  /** 1, read from the file: whether there is a first user doesn't matter. */
  @SqlQuery("SELECT 1 + 0 * COUNT(*) FROM (SELECT 1 FROM users LIMIT 1)")
  int one();
}
