package org.securechat.persistence;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the statements of one connection that were used last, so that they are not parsed and
 * planned each time: with SQLite that takes as long as running them. Used by one thread; the
 * statements end with the connection.
 */
final class KeptStatements implements StatementBuilder {
  /** Most lists of ids differ in length, and so do their statements. */
  private static final int MAX = 100;

  private final StatementBuilder builder;
  private final Map<String, PreparedStatement> kept = new LinkedHashMap<>();

  /** By what they were made of; Jdbi closes them by what that was made of. */
  private final IdentityHashMap<Statement, String> inUse = new IdentityHashMap<>();

  KeptStatements(Connection connection) {
    builder = DefaultStatementBuilder.FACTORY.createStatementBuilder(connection);
  }

  @Override
  public Statement create(Connection connection, StatementContext context) throws SQLException {
    return builder.create(connection, context);
  }

  /** One that is in use is not kept meanwhile. */
  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    PreparedStatement statement = kept.remove(sql);
    if (statement == null || statement.isClosed()) {
      statement = builder.create(connection, sql, context);
    }
    inUse.put(statement, sql);
    return statement;
  }

  @Override
  public CallableStatement createCall(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return builder.createCall(connection, sql, context);
  }

  /** What was bound is let go: it may be large, and is not for others. */
  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    String text = inUse.remove(statement);
    if (text == null || statement.isClosed()) {
      builder.close(connection, sql, statement);
      return;
    }
    PreparedStatement prepared = (PreparedStatement) statement;
    prepared.clearParameters();
    prepared.clearBatch();
    PreparedStatement older = kept.put(text, prepared);
    if (older != null) {
      older.close();
    }
    if (kept.size() > MAX) {
      Iterator<PreparedStatement> oldest = kept.values().iterator();
      PreparedStatement left = oldest.next();
      oldest.remove();
      left.close();
    }
  }
}
