package org.securechat.persistence;

import java.time.Instant;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.request.Once;

/** The SQL of {@code used_signatures}. */
interface ReplaySql {

  @SqlQuery(
      """
      SELECT EXISTS (
        SELECT 1 FROM used_signatures
        WHERE signed_at_ms = :signedAt AND signer = :signer AND digest = :digest)
      """)
  boolean contains(@BindMethods Once once);

  @SqlUpdate(
      """
      INSERT INTO used_signatures (signed_at_ms, signer, digest)
      VALUES (:signedAt, :signer, :digest)
      """)
  void add(@BindMethods Once once);

  @SqlUpdate(
      """
      DELETE FROM used_signatures WHERE (signed_at_ms, signer, digest) IN (
        SELECT signed_at_ms, signer, digest FROM used_signatures
        WHERE signed_at_ms < :signedAt ORDER BY signed_at_ms LIMIT :limit)
      """)
  int forgetBefore(Instant signedAt, int limit);
}
