package org.securechat.persistence;

import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.credential.SealedSecret;

/** The SQL of {@code secret_check}. */
interface SecretCheckSql {

  @SqlQuery("SELECT sealed FROM secret_check")
  Optional<byte[]> find();

  /** Does nothing where there is one; two servers may start at once. */
  @SqlUpdate(
      "INSERT INTO secret_check (id, sealed) VALUES (1, :sealed) ON CONFLICT (id) DO NOTHING")
  void keepFirst(SealedSecret sealed);
}
