package org.securechat.persistence;

import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.credential.SealedSecret;

/** The SQL of {@code secret_check}. */
interface SecretCheckSql {

  @SqlQuery("SELECT sealed FROM secret_check")
  Optional<byte[]> find();

  @SqlUpdate("INSERT INTO secret_check (id, sealed) VALUES (1, :sealed)")
  void insert(SealedSecret sealed);
}
