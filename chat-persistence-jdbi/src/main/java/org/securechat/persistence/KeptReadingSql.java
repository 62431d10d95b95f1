package org.securechat.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.IdentityHashMap;

/**
 * The {@link ReadingSql} of each connection of a pool, so that its statements are prepared once a
 * connection and not for each time that it is taken. Safe for use by many threads.
 */
final class KeptReadingSql {
  private final IdentityHashMap<Connection, ReadingSql> kept = new IdentityHashMap<>();

  /**
   * The one of a connection.
   *
   * @param connection itself, not what a pool lends in its place
   */
  synchronized ReadingSql of(Connection connection) throws SQLException {
    ReadingSql sql = kept.get(connection);
    if (sql == null) {
      forgetClosed();
      sql = new ReadingSql(connection);
      kept.put(connection, sql);
    }
    return sql;
  }

  private void forgetClosed() throws SQLException {
    for (Connection connection : kept.keySet().toArray(new Connection[0])) {
      if (connection.isClosed()) {
        kept.remove(connection);
      }
    }
  }
}
