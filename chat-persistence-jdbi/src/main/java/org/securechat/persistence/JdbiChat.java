package org.securechat.persistence;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.securechat.domain.ChatStores;
import org.securechat.domain.credential.SealedSecret;

/**
 * The stores of one SQL database: the store half of the chat core's ports. Reads go to a pool of
 * connections, changes through one writer that commits them in groups.
 *
 * <p>Safe for use by many threads.
 */
public final class JdbiChat implements AutoCloseable {
  private final Readers readers;
  private final GroupCommit writer;
  private final ChatStores stores;
  private final ExecutorService healthChecks;

  private JdbiChat(Readers readers, GroupCommit writer) {
    this.readers = readers;
    this.writer = writer;
    this.stores =
        new ChatStores(
            new JdbiAccountStore(readers, writer),
            new JdbiRegistrationStore(readers, writer),
            new JdbiSessionStore(readers, writer),
            new JdbiAttemptStore(writer),
            new JdbiReplayMemory(readers, writer));
    this.healthChecks =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("chat-database-health").factory());
  }

  /**
   * Opens a SQLite database and brings its schema up to this program's.
   *
   * @throws DatabaseException if the file can't be opened, or refuses to be durable
   * @throws SchemaException if its schema is newer than this program
   */
  public static JdbiChat openSqlite(SqliteSettings settings) {
    Schema.ofSqlite(settings).migrate();
    Readers readers =
        new Readers(SqliteDataSource.reading(settings), settings.readers(), settings.patience());
    GroupCommit writer =
        GroupCommit.start(
            Tables.jdbi(SqliteDataSource.writing(settings)),
            settings.queueLength(),
            settings.batchSize(),
            settings.patience());
    return new JdbiChat(readers, writer);
  }

  /** The stores; of no more use once this is closed. */
  public ChatStores stores() {
    return stores;
  }

  /**
   * The value by which a server tells whether its secret is the one of this database.
   *
   * @param first is kept and returned if there is none yet
   */
  public SealedSecret secretCheck(SealedSecret first) {
    return writer.call(tables ->
        tables
            .secretCheck()
            .find()
            .map(SealedSecret::copyOf)
            .orElseGet(() -> {
              tables.secretCheck().insert(first);
              return first;
            }));
  }

  /** Whether the database answers a trivial question in time; false once this is closed. */
  public boolean answers(Duration patience) {
    Future<Boolean> answer;
    try {
      answer = healthChecks.submit(() -> readers.read(HealthSql.class, HealthSql::one) == 1);
    } catch (RejectedExecutionException e) {
      // Closed.
      return false;
    }
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      answer.cancel(true);
    }
  }

  /** Finishes the changes that are queued, then closes every connection. */
  @Override
  public void close() {
    healthChecks.shutdownNow();
    writer.close();
    readers.close();
  }
}
