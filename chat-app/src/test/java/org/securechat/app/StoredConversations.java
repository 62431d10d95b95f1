package org.securechat.app;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.DeletionText;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.MessageText;
import org.securechat.domain.transcript.Seen;
import org.securechat.protocol.conversation.Ciphertext;

/**
 * Reads a server's SQLite file behind its back: what is in it, whoever may see it. Safe for use by
 * many threads.
 */
final class StoredConversations implements AutoCloseable {
  private final Connection connection;

  /** Somebody in a conversation, by the server's word. */
  record Participant(UserId user, boolean admin, boolean joined) {}

  /** A conversation key as it was wrapped for somebody. */
  record Wrapped(UserId user, long epoch, WrappedKey key) {}

  /** An entry of a log, with what was signed of it. */
  sealed interface Entry {
    /** What the running hash takes in of it, of the signed text and not by the server's word. */
    LogEntry line();

    /** The running hash that the server has there. */
    Sha256 running();

    /** Which history its author had. */
    Seen seen();

    default long id() {
      return line().id();
    }
  }

  record Epoch(LogEntry line, Sha256 running, EpochStatement statement) implements Entry {
    @Override
    public Seen seen() {
      return statement.seen();
    }
  }

  record Message(
      LogEntry line,
      Sha256 running,
      MessageText header,
      Instant createdAt,
      Optional<Ciphertext> ciphertext)
      implements Entry {
    @Override
    public Seen seen() {
      return header.seen();
    }
  }

  record Deletion(LogEntry line, Sha256 running, DeletionText text) implements Entry {
    @Override
    public Seen seen() {
      return text.seen();
    }
  }

  private StoredConversations(Connection connection) {
    this.connection = connection;
  }

  /** Those of the {@link TestServer} that runs on this folder. */
  static StoredConversations in(Path folder) {
    try {
      return new StoredConversations(
          DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("chat.db")));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes something of a row. */
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private synchronized <T> List<T> select(String sql, Row<T> each, long... arguments) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setLong(i + 1, arguments[i]);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(each.read(found));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Who is in a conversation now. */
  List<Participant> participants(ConversationId id) {
    return select(
        "SELECT user_id, role, joined_at_ms IS NOT NULL FROM conversation_participants"
            + " WHERE conversation_id = ?",
        row ->
            new Participant(
                new UserId(row.getLong(1)), row.getString(2).equals("admin"), row.getBoolean(3)),
        id.value());
  }

  /** In which conversations somebody is now. */
  List<ConversationId> conversationsOf(UserId user) {
    return select(
        "SELECT conversation_id FROM conversation_participants WHERE user_id = ?",
        row -> new ConversationId(row.getLong(1)),
        user.value());
  }

  /** All keys that the server keeps for anybody. */
  List<Wrapped> keys(ConversationId id) {
    return select(
        "SELECT user_id, epoch, wrapped_key FROM keys WHERE conversation_id = ? ORDER BY epoch",
        row ->
            new Wrapped(
                new UserId(row.getLong(1)), row.getLong(2), WrappedKey.copyOf(row.getBytes(3))),
        id.value());
  }

  /** The whole log. */
  List<Entry> log(ConversationId id) {
    GroupId[] group = new GroupId[1];
    return select(
        "SELECT messages.*, epochs.statement FROM messages LEFT JOIN epochs"
            + " ON epochs.conversation_id = messages.conversation_id AND entry_id = messages.id"
            + " WHERE messages.conversation_id = ? ORDER BY messages.id",
        row -> {
          if (group[0] == null) {
            group[0] = EpochStatement.parse(row.getString("statement")).group();
          }
          return entry(row, group[0]);
        },
        id.value());
  }

  private Entry entry(ResultSet row, GroupId group) throws SQLException {
    Sha256 running = Sha256.copyOf(row.getBytes("running_hash"));
    return switch (EntryKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT))) {
      case EPOCH -> {
        EpochStatement statement = EpochStatement.parse(row.getString("statement"));
        yield new Epoch(line(row, EntryKind.EPOCH, statement.hash()), running, statement);
      }
      case MESSAGE -> {
        MessageText header = header(row, group);
        Sha256 body = Sha256.of(header.signed(Sha256.copyOf(row.getBytes("content_hash"))));
        byte[] nonce = row.getBytes("nonce");
        yield new Message(
            line(row, EntryKind.MESSAGE, body),
            running,
            header,
            Instant.ofEpochMilli(row.getLong("created_at_ms")),
            nonce == null
                ? Optional.empty()
                : Optional.of(Ciphertext.copyOf(nonce, row.getBytes("ciphertext"))));
      }
      case DELETION -> {
        DeletionText text =
            new DeletionText(
                group, row.getLong("deleted_id"), new UserId(row.getLong("sender_id")), seen(row));
        yield new Deletion(line(row, EntryKind.DELETION, Sha256.of(text.bytes())), running, text);
      }
    };
  }

  private static LogEntry line(ResultSet row, EntryKind kind, Sha256 body) throws SQLException {
    return new LogEntry(
        row.getLong("id"),
        kind,
        new UserId(row.getLong("sender_id")),
        row.getLong("epoch"),
        body,
        Signature.copyOf(row.getBytes("signature")));
  }

  private MessageText header(ResultSet row, GroupId group) throws SQLException {
    ByteBuffer client = ByteBuffer.wrap(row.getBytes("client_id"));
    List<Sha256> files =
        row.getInt("file_count") == 0
            ? List.of()
            : select(
                "SELECT sha256 FROM files WHERE conversation_id = ? AND entry_id = ?"
                    + " ORDER BY position",
                file -> Sha256.copyOf(file.getBytes(1)),
                row.getLong("conversation_id"),
                row.getLong("id"));
    return new MessageText(
        group,
        row.getLong("epoch"),
        new UserId(row.getLong("sender_id")),
        new ClientId(new UUID(client.getLong(), client.getLong()).toString()),
        row.getLong("sent_at_ms"),
        seen(row),
        row.getLong("expires_in_s"),
        files);
  }

  private static Seen seen(ResultSet row) throws SQLException {
    return new Seen(row.getLong("seen_id"), Sha256.copyOf(row.getBytes("seen_hash")));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
