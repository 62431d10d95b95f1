package org.securechat.persistence;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.SortedSet;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/**
 * One SQL database: how to reach it, and what only its kind wants. Everything else in this package
 * is the same for all kinds.
 *
 * <p>Safe for use by many threads.
 */
interface SqlDatabase {

  /** What sentences call it; without secrets. */
  String name();

  /** Connections that only read. */
  DataSource reading();

  /** Connections that change rows, durably. */
  DataSource writing();

  /** Connections that change the schema, however long that takes. */
  DataSource migrating();

  /** The folder of its scripts on the class path; those that undo them are in a sibling. */
  String scripts();

  /**
   * Refuses to go on where no database can be.
   *
   * @throws DatabaseException saying why
   */
  void requireUsable();

  /** Whether there is anything to read; false where opening it would make it. */
  boolean exists();

  /** A query for whether there is a history of migrations. */
  String hasHistory();

  /** A query for the names of the tables, Flyway's not left out. */
  String tables();

  /** A query for the columns of {@code :table}. */
  String columns();

  /** Keeps other processes from changing the schema until the transaction ends. */
  void lockSchema(Handle handle);

  /** How long a connection of a pool is used; zero has no end. */
  Duration connectionLifetime();

  /**
   * Begins a transaction that changes rows.
   *
   * @param locks what it decides about, which nobody else may decide about until it ends
   */
  void begin(Statement control, SortedSet<Long> locks) throws SQLException;

  /** Ends a query whose rows must be there until the transaction ends; may be empty. */
  String keepingRows();

  /** Whether something failed that may be well again later, or on another connection. */
  boolean isOutage(Throwable failure);

  /** Whether a transaction may have failed because of another one, so that it is run again. */
  boolean isClash(Throwable failure);

  /** Why it can't be opened, as a sentence. */
  DatabaseException cannotOpen(Exception cause);
}
