package org.securechat.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.securechat.domain.rejection.UnavailableException;

/**
 * A bounded pool of connections that only read. Each read sees all that was committed before it.
 * Safe for use by many threads.
 */
final class Readers implements AutoCloseable {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  Readers(DataSource connections, int size, Duration patience) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("chat-readers");
    config.setDataSource(connections);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(patience.toMillis());
    config.setMaxLifetime(0);
    this.pool = new HikariDataSource(config);
    this.jdbi = Tables.jdbi(pool);
  }

  /**
   * Runs one query, or several that need not agree with each other.
   *
   * @param sql the interface that holds the query
   * @throws UnavailableException if no connection is free in time, or the database fails
   */
  <S, T> T read(Class<S> sql, Function<S, T> query) {
    try {
      return jdbi.withExtension(sql, query::apply);
    } catch (JdbiException e) {
      if (e instanceof ConnectionException || SqliteDataSource.isOutage(e)) {
        throw new UnavailableException("The database could not read", RETRY_AFTER, e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
