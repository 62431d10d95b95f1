package org.securechat.persistence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens connections to one PostgreSQL database with limits of time on everything, after a look
 * whether its server is one that keeps what it has committed.
 */
final class PostgresqlDataSource extends PGSimpleDataSource {
  private static final int OLDEST = 15;
  private static final String DEFAULT_APPLICATION = "secure-chat";

  /** A lock that is waited for must be given up before the client gives up the statement. */
  private static final int LOCK_MARGIN_MS = 1000;

  private static final int STATEMENT_MARGIN_MS = 500;

  /** Keeps a process that is cut off from keeping its locks. */
  private static final int IDLE_IN_TRANSACTION_MS = 5000;

  /** What a connection is for. */
  enum Purpose {
    READING,
    WRITING,
    MIGRATING
  }

  private final Purpose purpose;
  private final boolean allowUnsafe;
  private final String set;

  PostgresqlDataSource(PostgresqlSettings settings, Purpose purpose) {
    PostgresqlAddress address = settings.address();
    setServerNames(new String[] {address.host()});
    setPortNumbers(new int[] {address.port()});
    setDatabaseName(address.database());
    setUser(address.user());
    address.password().ifPresent(this::setPassword);
    setApplicationName(DEFAULT_APPLICATION);
    // A detail quotes the row.
    setLogServerErrorDetail(false);
    setTcpKeepAlive(true);
    setLoginTimeout(2);
    setConnectTimeout(2);
    int answerSeconds =
        purpose == Purpose.MIGRATING ? 0 : Math.toIntExact(settings.answerTimeout().toSeconds());
    setSocketTimeout(answerSeconds);
    for (Map.Entry<String, String> option : address.options().entrySet()) {
      setOption(option.getKey(), option.getValue());
    }
    this.purpose = purpose;
    this.allowUnsafe = settings.allowUnsafe();
    this.set = set(purpose, answerSeconds * 1000);
  }

  private void setOption(String name, String value) {
    try {
      setProperty(name, value);
    } catch (SQLException e) {
      throw new DatabaseException("The option " + name + " of the database can't be used.", e);
    }
  }

  private static String set(Purpose purpose, int answerMs) {
    boolean limited = purpose != Purpose.MIGRATING;
    return """
    SELECT
      set_config('statement_timeout', '%d', false),
      set_config('lock_timeout', '%d', false),
      set_config('idle_in_transaction_session_timeout', '%d', false),
      set_config('default_transaction_isolation', 'read committed', false),
      set_config('default_transaction_read_only', '%s', false),
      current_setting('server_version_num')::int / 10000 AS version,
      pg_is_in_recovery() AS standby,
      current_setting('fsync') AS fsync,
      current_setting('full_page_writes') AS full_page_writes,
      current_setting('synchronous_commit') AS synchronous_commit
    """
        .formatted(
            limited ? answerMs - STATEMENT_MARGIN_MS : 0,
            limited ? answerMs - LOCK_MARGIN_MS : 0,
            limited ? IDLE_IN_TRANSACTION_MS : 0,
            purpose == Purpose.READING ? "on" : "off");
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    Connection connection = super.getConnection(user, password);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(set)) {
      row.next();
      requireUsable(row);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void requireUsable(ResultSet row) throws SQLException {
    int version = row.getInt("version");
    if (version < OLDEST) {
      throw refused(
          "its version is " + version + ", and " + OLDEST + " is the oldest that will do");
    }
    if (purpose != Purpose.READING && row.getBoolean("standby")) {
      throw refused("it is a standby, which can't be written to");
    }
    if (!allowUnsafe) {
      requireOn(row, "fsync");
      requireOn(row, "full_page_writes");
      requireOn(row, "synchronous_commit");
    }
  }

  private void requireOn(ResultSet row, String setting) throws SQLException {
    String value = String.valueOf(row.getString(setting));
    if (!value.equals("on") && !value.equals("remote_apply")) {
      throw refused(
          "its " + setting + " is " + value + ", so that it may lose what it has committed");
    }
  }

  private DatabaseException refused(String why) {
    return new DatabaseException(
        "The PostgreSQL server at "
            + getServerNames()[0]
            + ":"
            + getPortNumbers()[0]
            + " is refused: "
            + why
            + ".",
        null);
  }
}
