package org.securechat.persistence;

import java.sql.Connection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.account.Account;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.session.Caller;
import org.securechat.domain.timeline.PageRange;
import org.securechat.domain.transcript.ConversationId;

/**
 * The reads that most requests are, on one connection. Used by one thread at a time; the statements
 * end with the connection.
 */
final class ReadingSql {
  static final String SESSION =
      """
      SELECT sessions.*, users.public_key FROM sessions
      JOIN users ON users.id = sessions.user_id
      WHERE sessions.token_hash = ?
      """;

  static final String ACCOUNT = "SELECT * FROM users WHERE id = ?";

  static final String PARTICIPANT =
      "SELECT * FROM conversation_participants WHERE conversation_id = ? AND user_id = ?";

  /** What a view has of the conversation and of the viewer's part in it. */
  private static final String PICKED =
      """
      conversations.id, conversations.group_id, conversations.name, conversations.created_at_ms,
      conversations.epoch, conversations.rekey_required, conversations.version,
      conversations.participant_count, conversations.message_count, conversations.last_id,
      conversations.last_at_ms, conversations.last_hash, own.user_id, own.role, own.joined_at_ms,
      own.added_epoch, own.window_after, own.window_epoch_entry, own.invited_by
      FROM conversation_participants AS own
      JOIN conversations ON conversations.id = own.conversation_id
      """;

  /** Counts by what the entries know, so that no message is counted. */
  private static final String VIEW_START =
      """
      SELECT found.*,
        found.message_count
          - COALESCE((SELECT message_number FROM messages
              WHERE conversation_id = found.id AND id <= found.read_to
              ORDER BY id DESC LIMIT 1), 0)
          - COALESCE((SELECT sender_number FROM messages
              WHERE conversation_id = found.id AND sender_id = found.user_id
                AND sender_number IS NOT NULL
              ORDER BY id DESC LIMIT 1), 0)
          + COALESCE((SELECT sender_number FROM messages
              WHERE conversation_id = found.id AND sender_id = found.user_id
                AND sender_number IS NOT NULL AND id <= found.read_to
              ORDER BY id DESC LIMIT 1), 0) AS unread,
        keys.wrapped_key
      FROM (
        SELECT picked.*,
          CASE WHEN mark.up_to > picked.window_epoch_entry THEN mark.up_to
            ELSE picked.window_epoch_entry END AS read_to
        FROM (SELECT
      """
          + PICKED;

  private static final String VIEW_END =
      """
        ) AS picked
        LEFT JOIN message_read_statuses AS mark
          ON mark.conversation_id = picked.id AND mark.user_id = picked.user_id
      ) AS found
      LEFT JOIN keys ON keys.conversation_id = found.id AND keys.user_id = found.user_id
        AND keys.epoch = found.epoch
      """;

  static final String VIEW =
      VIEW_START
          + """
          WHERE own.conversation_id = ? AND own.user_id = ?
          """
          + VIEW_END;

  static final String LIST_BEFORE =
      VIEW_START
          + """
          WHERE own.user_id = ? AND (conversations.last_at_ms, conversations.id) < (?, ?)
          ORDER BY conversations.last_at_ms DESC, conversations.id DESC LIMIT ?
          """
          + VIEW_END
          + "ORDER BY found.last_at_ms DESC, found.id DESC";

  static final String LIST_AFTER =
      VIEW_START
          + """
          WHERE own.user_id = ? AND (conversations.last_at_ms, conversations.id) > (?, ?)
          ORDER BY conversations.last_at_ms, conversations.id LIMIT ?
          """
          + VIEW_END
          + "ORDER BY found.last_at_ms, found.id";

  /** Whose account has ended is left out, whether they have been taken out or not. */
  private static final String PARTICIPANTS =
      """
      SELECT members.conversation_id, members.user_id, members.role = 'admin' AS is_admin,
        members.joined_at_ms,
        users.username, users.public_key, mark.up_to
      FROM conversation_participants AS members
      JOIN users ON users.id = members.user_id
      LEFT JOIN message_read_statuses AS mark
        ON mark.conversation_id = members.conversation_id AND mark.user_id = members.user_id
      WHERE members.conversation_id IN (<places>)
      ORDER BY members.conversation_id, members.user_id
      """;

  private static final String SIZES =
      """
      SELECT id, size, file_count FROM messages
      WHERE conversation_id = ? AND id > ? AND id < ?
        AND EXISTS (SELECT 1 FROM conversations WHERE id = ? AND participant_count > 0)
      """;

  static final String SIZES_FROM = SIZES + "ORDER BY id LIMIT ?";
  static final String SIZES_BACK_FROM = SIZES + "ORDER BY id DESC LIMIT ?";

  static final String ENTRIES =
      """
      SELECT messages.*, epochs.statement FROM messages
      LEFT JOIN epochs ON messages.kind = 'epoch'
        AND epochs.conversation_id = messages.conversation_id AND epochs.epoch = messages.epoch
      WHERE messages.conversation_id = ? AND messages.id BETWEEN ? AND ?
      ORDER BY messages.id
      """;

  private final KeptQueries queries;

  ReadingSql(Connection connection) {
    queries = new KeptQueries(connection);
  }

  Optional<Caller> caller(Sha256 tokenHash) {
    return queries.find(SESSION, binding -> binding.bytes(tokenHash.toByteArray()), Rows::caller);
  }

  Optional<Account> account(UserId user) {
    return queries.find(ACCOUNT, binding -> binding.number(user.value()), Rows::account);
  }

  Optional<Participant> participant(ConversationId conversation, UserId user) {
    return queries.find(
        PARTICIPANT,
        binding -> binding.number(conversation.value()).number(user.value()),
        ConversationRows::participant);
  }

  Optional<ConversationView> view(ConversationId conversation, UserId viewer) {
    return queries.find(
        VIEW,
        binding -> binding.number(conversation.value()).number(viewer.value()),
        ConversationRows::view);
  }

  /** The most recently active first. */
  List<ConversationView> listBefore(UserId viewer, long at, long id, int limit) {
    return list(LIST_BEFORE, viewer, at, id, limit);
  }

  /** The least recently active first. */
  List<ConversationView> listAfter(UserId viewer, long at, long id, int limit) {
    return list(LIST_AFTER, viewer, at, id, limit);
  }

  private List<ConversationView> list(String sql, UserId viewer, long at, long id, int limit) {
    return queries.list(
        sql,
        binding -> binding.number(viewer.value()).number(at).number(id).number(limit),
        ConversationRows::view);
  }

  /**
   * Who is in conversations.
   *
   * @param conversations at least one
   */
  List<ListedParticipant> participants(List<ConversationId> conversations) {
    int places = places(conversations.size());
    return queries.list(
        participantsSql(places),
        binding -> {
          for (int i = 0; i < places; i++) {
            binding.number(conversations.get(Math.min(i, conversations.size() - 1)).value());
          }
        },
        ConversationRows::listedParticipant);
  }

  /** A power of two: there are few texts, and the last is named as often as there is room. */
  private static int places(int count) {
    return count == 1 ? 1 : Integer.highestOneBit(count - 1) * 2;
  }

  static String participantsSql(int places) {
    return PARTICIPANTS.replace("<places>", String.join(", ", Collections.nCopies(places, "?")));
  }

  /** What of entries is read before it is known how many a page has, in the order of the range. */
  List<EntrySize> sizes(ConversationId conversation, PageRange range, int limit) {
    return queries.list(
        range.newestFirst() ? SIZES_BACK_FROM : SIZES_FROM,
        binding ->
            binding
                .number(conversation.value())
                .number(range.after())
                .number(range.before())
                .number(conversation.value())
                .number(limit),
        TimelineRows::size);
  }

  /** Entries of a range that is there. */
  List<StoredEntry> entries(ConversationId conversation, long first, long last) {
    return queries.list(
        ENTRIES,
        binding -> binding.number(conversation.value()).number(first).number(last),
        TimelineRows::entry);
  }
}
