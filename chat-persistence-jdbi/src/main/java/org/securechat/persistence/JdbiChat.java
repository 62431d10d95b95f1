package org.securechat.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.securechat.domain.ChatStores;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.rejection.UnavailableException;

/**
 * The stores of one SQL database: the store half of the chat core's ports. Reads go to a pool of
 * connections, changes through one writer, or a few, that commits them in groups.
 *
 * <p>Safe for use by many threads.
 */
public final class JdbiChat implements AutoCloseable {
  private final Jdbi starting;
  private final Readers readers;
  private final GroupCommit writer;
  private final ChatStores stores;

  /**
   * Takes the parts.
   *
   * @param starting connections of its own for what a start asks and changes: the writer's patience
   *     is for callers
   */
  private JdbiChat(Jdbi starting, Readers readers, GroupCommit writer, Instant acceptedFrom) {
    this.starting = starting;
    this.readers = readers;
    this.writer = writer;
    this.stores =
        new ChatStores(
            new JdbiAccountStore(readers, writer),
            new JdbiSecondFactorStore(readers, writer),
            new JdbiRegistrationStore(readers, writer),
            new JdbiSessionStore(readers, writer),
            new JdbiBlockStore(readers, writer),
            new JdbiAttemptStore(writer),
            new JdbiConversationStore(readers, writer),
            new JdbiConversationKeyStore(readers),
            new JdbiMessageStore(readers, writer),
            new JdbiFileStore(readers, writer),
            new JdbiReplayMemory(readers, writer, acceptedFrom));
  }

  /**
   * Opens a SQLite database and brings its schema up to this program's. A copy that {@link
   * SqliteBackup} made accepts, from its first opening on, only what is signed later.
   *
   * @param clock tells when a copy is opened
   * @throws DatabaseException if the file can't be opened, or refuses to be durable
   * @throws SchemaException if its schema is newer than this program
   */
  public static JdbiChat openSqlite(SqliteSettings settings, Clock clock) {
    SqlDatabase database = new SqliteDatabase(settings);
    new Schema(database).migrate();
    Jdbi starting = Tables.jdbi(database.writing());
    Instant acceptedFrom = acceptedFrom(starting, clock);
    Readers readers =
        new Readers(database, settings.readers(), settings.queueLength(), settings.patience());
    GroupCommit writer =
        GroupCommit.start(
            database,
            starting,
            1,
            settings.queueLength(),
            settings.batchSize(),
            settings.patience());
    return new JdbiChat(starting, readers, writer, acceptedFrom);
  }

  /**
   * Opens a PostgreSQL database and brings its schema up to this program's. Other processes may do
   * the same and use it at the same time.
   *
   * @param clock tells when a restored one is opened
   * @throws DatabaseException if it can't be opened, or its server is too old or not durable
   * @throws SchemaException if its schema is newer than this program
   */
  public static JdbiChat openPostgresql(PostgresqlSettings settings, Clock clock) {
    SqlDatabase database = new PostgresqlDatabase(settings);
    new Schema(database).migrate();
    Jdbi starting = Tables.jdbi(database.writing());
    Instant acceptedFrom = acceptedFrom(starting, clock);
    Readers readers =
        new Readers(database, settings.readers(), settings.queueLength(), settings.readPatience());
    GroupCommit writer =
        GroupCommit.start(
            database,
            starting,
            settings.writers(),
            settings.queueLength(),
            settings.batchSize(),
            settings.patience());
    return new JdbiChat(starting, readers, writer, acceptedFrom);
  }

  private static Instant acceptedFrom(Jdbi starting, Clock clock) {
    return start(starting, handle -> handle.attach(RestoreSql.class).open(clock.instant()));
  }

  private static <T> T start(Jdbi starting, HandleCallback<T, RuntimeException> work) {
    try {
      return starting.inTransaction(work);
    } catch (JdbiException e) {
      throw new DatabaseException("The database can't be opened: it is damaged, or in use.", e);
    }
  }

  /**
   * Marks the database as restored from a copy, for one that was made by other means than ours.
   * Whoever opens it next accepts only what is signed later; nobody else should be using it.
   */
  public void markRestored() {
    writer.run(Locks.none(), tables -> tables.restores().mark());
  }

  /** The stores; of no more use once this is closed. */
  public ChatStores stores() {
    return stores;
  }

  /**
   * The value by which a server tells whether its secret is the one of this database.
   *
   * @param first is kept and returned if there is none yet
   * @throws DatabaseException if the database does not answer
   */
  public SealedSecret secretCheck(SealedSecret first) {
    return start(
        starting,
        handle -> {
          SecretCheckSql check = handle.attach(SecretCheckSql.class);
          check.keepFirst(first);
          return check.find().map(SealedSecret::copyOf).orElseThrow();
        });
  }

  /** Tells an observer of every commit from now on. */
  public void observe(WriteObserver observer) {
    writer.observe(observer);
  }

  /** How busy the database is; not after this is closed. */
  public DatabaseLoad load() {
    return readers.load(writer.waiting());
  }

  /**
   * Whether the database answers a trivial question in time and, if the last change failed, takes
   * one; false once this is closed.
   *
   * @param patience for both together
   */
  public boolean answers(Duration patience) {
    long began = System.nanoTime();
    try {
      return readers.read(HealthSql.class, HealthSql::one, patience) == 1
          && writer.answers(patience.minusNanos(System.nanoTime() - began));
    } catch (UnavailableException e) {
      return false;
    }
  }

  /** Finishes the changes that are queued, then closes every connection. */
  @Override
  public void close() {
    writer.close();
    readers.close();
  }
}
