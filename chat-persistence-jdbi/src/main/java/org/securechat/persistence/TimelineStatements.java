package org.securechat.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.session.Actor;
import org.securechat.domain.timeline.EncryptedContent;
import org.securechat.domain.timeline.Place;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.Seen;

/**
 * What each message that is sent does to the database, on the connection that writes. It stays away
 * from Jdbi, which takes several times as long for this as the database does, and keeps its three
 * statements. Used by one thread; the statements end with the connection.
 */
final class TimelineStatements {
  /**
   * All that a change to a timeline is decided by, but for files; always one row. What is given is
   * bound to a row of its own: SQLite plans a statement anew, which takes several times as long as
   * running it, when a parameter that a column is compared with changes from 0 or 1 to another
   * number or back.
   */
  static final String LOAD =
      """
      SELECT
        EXISTS (SELECT 1 FROM sessions
          WHERE token_hash = given.token_hash AND user_id = given.user_id) AS live,
        (SELECT sender_number FROM messages
          WHERE conversation_id = given.conversation_id AND sender_id = given.user_id
            AND sender_number IS NOT NULL
          ORDER BY id DESC LIMIT 1) AS sender_number,
        found.group_id, found.epoch, found.epoch_entry, found.rekey_required, found.message_count,
        found.last_id, found.last_at_ms, found.last_hash,
        own.user_id, own.role, own.joined_at_ms, own.added_epoch, own.window_after,
        own.window_epoch_entry, own.invited_by,
        seen.running_hash AS seen_hash,
        earlier.id AS earlier_id,
        target.id AS target_id, target.kind AS target_kind, target.sender_id AS target_sender_id,
        target.deletion_id AS target_deletion_id,
        mark.up_to
      FROM (
        SELECT ? AS token_hash, ? AS user_id, ? AS conversation_id, ? AS seen_id, ? AS client_id,
          ? AS target_id) AS given
      LEFT JOIN conversations AS found
        ON found.id = given.conversation_id AND found.participant_count > 0
      LEFT JOIN conversation_participants AS own
        ON own.conversation_id = found.id AND own.user_id = given.user_id
      LEFT JOIN messages AS seen ON seen.conversation_id = found.id AND seen.id = given.seen_id
      LEFT JOIN messages AS earlier
        ON earlier.conversation_id = found.id AND earlier.sender_id = given.user_id
          AND earlier.client_id = given.client_id
      LEFT JOIN messages AS target
        ON target.conversation_id = found.id AND target.id = given.target_id
      LEFT JOIN message_read_statuses AS mark
        ON mark.conversation_id = found.id AND mark.user_id = given.user_id
      """;

  static final String INSERT =
      """
      INSERT INTO messages (
        conversation_id, id, kind, sender_id, epoch, created_at_ms, size, message_number,
        sender_number, file_count, deleted_id, sent_at_ms, expires_in_s, expires_at_ms, client_id,
        seen_id, seen_hash, body_hash, content_hash, running_hash, signature, nonce, ciphertext)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  static final String MOVE_TIP =
      """
      UPDATE conversations SET last_id = ?, last_at_ms = ?, last_hash = ?, message_count = ?
      WHERE id = ?
      """;

  private final Connection connection;
  private @Nullable PreparedStatement load;
  private @Nullable PreparedStatement insert;
  private @Nullable PreparedStatement moveTip;

  TimelineStatements(Connection connection) {
    this.connection = connection;
  }

  /**
   * Loads what a change is decided by.
   *
   * @param seen the entry whose running hash is asked for
   * @param client names an earlier message of the actor, if one is asked for
   * @param target the entry that is to be deleted; 0 for none
   */
  LoadedTimeline load(
      ConversationId conversation, Actor actor, long seen, Optional<ClientId> client, long target) {
    try {
      PreparedStatement statement = load == null ? connection.prepareStatement(LOAD) : load;
      load = statement;
      new Binding(statement)
          .bytes(actor.session().toByteArray())
          .number(actor.user().value())
          .number(conversation.value())
          .number(seen)
          .bytes(client.map(IdBytes::of).orElse(null))
          .number(target);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return TimelineRows.loadedTimeline(row, seen);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  void insert(NewEntry entry) {
    try {
      PreparedStatement statement = insert == null ? connection.prepareStatement(INSERT) : insert;
      insert = statement;
      Place place = entry.place();
      new Binding(statement)
          .number(place.conversation().value())
          .number(place.id())
          .text(entry.kind().word())
          .number(place.sender().value())
          .number(place.epoch())
          .number(place.createdAt().toEpochMilli())
          .number(entry.size())
          .number(entry.messageNumber())
          .number(entry.senderNumber().orElse(null))
          .number(entry.fileCount())
          .number(entry.deleted().orElse(null))
          .number(entry.sentAtMillis().orElse(null))
          .number(entry.expiresIn().orElse(null))
          .number(entry.expiresAt().map(Instant::toEpochMilli).orElse(null))
          .bytes(entry.client().map(IdBytes::of).orElse(null))
          .number(entry.seen().map(Seen::entry).orElse(null))
          .bytes(entry.seen().map(seen -> seen.hash().toByteArray()).orElse(null))
          .bytes(entry.bodyHash().toByteArray())
          .bytes(entry.contentHash().map(Sha256::toByteArray).orElse(null))
          .bytes(entry.runningHash().toByteArray())
          .bytes(entry.signature().toByteArray())
          .bytes(entry.content().map(EncryptedContent::nonce).orElse(null))
          .bytes(entry.content().map(EncryptedContent::ciphertext).orElse(null));
      statement.executeUpdate();
      // The ciphertext is not to be kept until the next message.
      statement.clearParameters();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Moves the end of a timeline. */
  void moveTip(ConversationId conversation, Tip tip, long messageCount) {
    try {
      PreparedStatement statement =
          moveTip == null ? connection.prepareStatement(MOVE_TIP) : moveTip;
      moveTip = statement;
      new Binding(statement)
          .number(tip.last())
          .number(tip.at().toEpochMilli())
          .bytes(tip.seen().hash().toByteArray())
          .number(messageCount)
          .number(conversation.value());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** What the writer knows of a failure it finds in its cause. */
  private static DatabaseException failure(SQLException cause) {
    return new DatabaseException("A timeline could not be changed.", cause);
  }
}
