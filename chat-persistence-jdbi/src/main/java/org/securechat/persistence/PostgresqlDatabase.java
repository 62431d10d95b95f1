package org.securechat.persistence;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.postgresql.util.PSQLState;

/** A PostgreSQL database, in which several processes write at once. */
record PostgresqlDatabase(PostgresqlSettings settings) implements SqlDatabase {
  /** "ChatSQL" in ASCII; whoever changes the schema holds it. */
  private static final long SCHEMA_LOCK = 0x43686174_53514cL;

  /**
   * Classes of SQLSTATE that say nothing about the statement: connection, authorization, missing
   * database, resources, operator, system, and faults of the server.
   */
  private static final Set<String> OUTAGE_CLASSES =
      Set.of("08", "28", "3D", "53", "57", "58", "XX");

  /**
   * Likewise: a server that has become a standby, a transaction that was idle for too long, a
   * prepared statement whose table has changed, a lock that did not come in time, and clashes that
   * did not end.
   */
  private static final Set<String> OUTAGES = Set.of("25006", "25P03", "0A000", "55P03");

  /** What a unit meets that has looked before somebody else put a row there, or took one away. */
  private static final Set<String> NOT_AS_SEEN =
      Set.of(PSQLState.UNIQUE_VIOLATION.getState(), PSQLState.FOREIGN_KEY_VIOLATION.getState());

  private static final Set<String> LOST_TO_ANOTHER =
      Set.of(PSQLState.DEADLOCK_DETECTED.getState(), PSQLState.SERIALIZATION_FAILURE.getState());

  private static final Map<String, String> REASONS =
      Map.of(
          "28P01", "it refuses the user or the password",
          "28000", "it refuses the user",
          "3D000", "there is no database of that name",
          "42501", "the user may not use it",
          "53300", "it has too many connections",
          "57P03", "it is starting or stopping");

  @Override
  public String name() {
    return settings.address().toString();
  }

  @Override
  public DataSource reading() {
    return new PostgresqlDataSource(settings, PostgresqlDataSource.Purpose.READING);
  }

  @Override
  public DataSource writing() {
    return new PostgresqlDataSource(settings, PostgresqlDataSource.Purpose.WRITING);
  }

  @Override
  public DataSource migrating() {
    return new PostgresqlDataSource(settings, PostgresqlDataSource.Purpose.MIGRATING);
  }

  @Override
  public String scripts() {
    return "db/postgresql";
  }

  @Override
  public void requireUsable() {
    try {
      // Opening it checks everything.
      writing().getConnection().close();
    } catch (SQLException e) {
      throw cannotOpen(e);
    }
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public String hasHistory() {
    return "SELECT to_regclass('flyway_schema_history') IS NOT NULL";
  }

  @Override
  public String tables() {
    return "SELECT table_name FROM information_schema.tables"
        + " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'";
  }

  @Override
  public String columns() {
    return "SELECT column_name FROM information_schema.columns"
        + " WHERE table_schema = current_schema() AND table_name = :table";
  }

  @Override
  public void lockSchema(Handle handle) {
    handle.execute("SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ")");
  }

  /** Short enough that a server which has moved is found again. */
  @Override
  public Duration connectionLifetime() {
    return Duration.ofMinutes(10);
  }

  /** One round trip. The function is called for one number after the other, in their order. */
  @Override
  public void begin(Statement control, SortedSet<Long> locks) throws SQLException {
    String numbers = locks.stream().map(String::valueOf).collect(Collectors.joining(","));
    control.execute(
        locks.isEmpty()
            ? "BEGIN"
            : "BEGIN; SELECT pg_advisory_xact_lock(number) FROM unnest('{"
                + numbers
                + "}'::bigint[]) AS number");
  }

  @Override
  public String keepingRows() {
    return "FOR KEY SHARE";
  }

  @Override
  public boolean isOutage(Throwable failure) {
    return hasState(
        failure,
        state ->
            OUTAGE_CLASSES.contains(state.substring(0, 2))
                || OUTAGES.contains(state)
                || LOST_TO_ANOTHER.contains(state));
  }

  @Override
  public boolean isClash(Throwable failure) {
    return hasState(
        failure, state -> LOST_TO_ANOTHER.contains(state) || NOT_AS_SEEN.contains(state));
  }

  private static boolean hasState(Throwable failure, Predicate<String> wanted) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql
          && sql.getSQLState() != null
          && sql.getSQLState().length() == 5
          && wanted.test(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public DatabaseException cannotOpen(Exception cause) {
    String why =
        REASONS.entrySet().stream()
            .filter(reason -> hasState(cause, reason.getKey()::equals))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("no PostgreSQL server answers there");
    return new DatabaseException(
        "The database " + name() + " can't be opened: " + why + ".", cause);
  }
}
