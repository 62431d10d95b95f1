package org.securechat.benchmarks.stored;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.SecureChat;
import org.securechat.persistence.JdbiChat;
import org.securechat.persistence.SqliteSettings;
import org.securechat.testkit.memory.InMemoryChat;

/**
 * The chat core on a SQLite database that is used as the server uses it. Safe for use by many
 * threads.
 */
public final class StoredChat implements AutoCloseable {
  private final JdbiChat database;
  private final SecureChat chat;
  private final Instant now;

  /** Far from 0 and 1, which SQLite plans for by themselves; a server's users have random ids. */
  private long users = 1_000_000;

  private StoredChat(JdbiChat database, SecureChat chat, Instant now) {
    this.database = database;
    this.chat = chat;
    this.now = now;
  }

  /** Makes a database. */
  public static StoredChat create(Path file, Clock clock) {
    JdbiChat database = JdbiChat.openSqlite(SqliteSettings.of(file), clock);
    ChatPorts ports = InMemoryChat.ports(clock);
    ChatPorts stored =
        new ChatPorts(
            database.stores(),
            ports.signatures(),
            ports.passwords(),
            ports.totpCodes(),
            ports.secretBox(),
            ports.names(),
            ports.events(),
            ports.random(),
            clock);
    return new StoredChat(
        database,
        new SecureChat(stored, ChatSettings.defaults()),
        clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  /** The use cases. */
  SecureChat chat() {
    return chat;
  }

  /**
   * Begins a conversation between new users.
   *
   * @param members how many have joined it
   */
  public synchronized StoredConversation begin(int members) {
    List<StoredUser> registered = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      registered.add(StoredUser.register(database.stores(), ++users, now));
    }
    return StoredConversation.begin(this, registered);
  }

  @Override
  public void close() {
    database.close();
  }
}
