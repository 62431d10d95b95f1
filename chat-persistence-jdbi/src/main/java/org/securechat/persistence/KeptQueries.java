package org.securechat.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Queries on one connection, each prepared once. They stay away from Jdbi, which takes several
 * times as long for them as the database does. Used by one thread at a time; the statements end
 * with the connection.
 */
final class KeptQueries {

  /** Says what the parameters are, in their order. */
  interface Parameters {
    void bind(Binding binding) throws SQLException;
  }

  /** Makes a value of the row that a result stands at. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  KeptQueries(Connection connection) {
    this.connection = connection;
  }

  /**
   * Runs a query.
   *
   * @param sql one of a few texts: all are kept
   * @throws DatabaseException if it fails
   */
  <T> List<T> list(String sql, Parameters parameters, Row<T> row) {
    try {
      PreparedStatement statement = prepared(sql);
      parameters.bind(new Binding(statement));
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(row.read(rows));
        }
        return found;
      }
    } catch (SQLException e) {
      throw new DatabaseException("The database could not be read.", e);
    }
  }

  /** Like {@link #list}, for a query that finds one row or none. */
  <T> Optional<T> find(String sql, Parameters parameters, Row<T> row) {
    return list(sql, parameters, row).stream().findFirst();
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }
}
