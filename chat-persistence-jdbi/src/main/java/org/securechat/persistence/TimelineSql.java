package org.securechat.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/**
 * The SQL of {@code messages}, which are entries of all kinds, and of marks, but for what {@link
 * TimelineStatements} and {@link ReadingSql} do.
 */
interface TimelineSql {

  /** Erases a message that has been deleted. */
  @SqlUpdate(
      """
      UPDATE messages SET size = 0, nonce = NULL, ciphertext = NULL, deletion_id = :deletion
      WHERE conversation_id = :conversation AND id = :id
      """)
  void delete(ConversationId conversation, long id, long deletion);

  @SqlUpdate(
      """
      INSERT INTO message_read_statuses (conversation_id, user_id, up_to, read_at_ms)
      VALUES (:conversation, :user, :upTo, :at)
      ON CONFLICT (conversation_id, user_id) DO UPDATE SET
        up_to = excluded.up_to, read_at_ms = excluded.read_at_ms
      """)
  void mark(ConversationId conversation, UserId user, long upTo, Instant at);

  /** Messages that have expired and still have their content. */
  @SqlQuery(
      """
      SELECT conversation_id, id, size FROM messages
      WHERE expires_at_ms IS NOT NULL AND nonce IS NOT NULL AND expires_at_ms <= :now
      ORDER BY expires_at_ms LIMIT :limit
      """)
  List<FullMessage> expired(Instant now, int limit);

  /**
   * Messages of a sender that come after an entry, whether they still have their content or not.
   */
  @SqlQuery(
      """
      SELECT conversation_id, id, size FROM messages
      WHERE conversation_id = :conversation AND sender_id = :sender AND id > :after
        AND sender_number IS NOT NULL
      ORDER BY id LIMIT :limit
      """)
  List<FullMessage> sentBy(ConversationId conversation, UserId sender, long after, int limit);

  /**
   * Erases contents, and files with them; the messages keep all that was signed.
   *
   * @return how many had one
   */
  default int empty(List<FullMessage> messages) {
    List<ConversationId> conversations = messages.stream().map(FullMessage::conversation).toList();
    List<Long> ids = messages.stream().map(FullMessage::id).toList();
    eraseFiles(conversations, ids);
    return IntStream.of(empty(conversations, ids)).sum();
  }

  @SqlBatch(
      value =
          """
          UPDATE messages SET size = 0, nonce = NULL, ciphertext = NULL
          WHERE conversation_id = :conversation AND id = :id AND nonce IS NOT NULL
          """,
      transactional = false)
  int[] empty(List<ConversationId> conversation, List<Long> id);

  @SqlBatch(
      value =
          """
          UPDATE files SET state = 'erased'
          WHERE conversation_id = :conversation AND entry_id = :id AND state = 'kept'
          """,
      transactional = false)
  void eraseFiles(List<ConversationId> conversation, List<Long> id);

  /** Lets a message carry files, in this order. */
  default void attach(List<FileRecord> files, long entry, Optional<Instant> expiresAt) {
    for (int i = 0; i < files.size(); i++) {
      attach(files.get(i), entry, i, expiresAt);
    }
  }

  @SqlUpdate(
      """
      UPDATE files SET entry_id = :entry, position = :position, expires_at_ms = :expiresAt
      WHERE id = :file.id
      """)
  void attach(
      @BindMethods("file") FileRecord file, long entry, int position, Optional<Instant> expiresAt);

  /** The first entries of a conversation. */
  @SqlQuery(
      """
      SELECT conversation_id, id, size FROM messages
      WHERE conversation_id = :conversation ORDER BY id LIMIT :limit
      """)
  List<FullMessage> first(ConversationId conversation, int limit);

  @SqlUpdate("DELETE FROM messages WHERE conversation_id = :conversation AND id <= :id")
  int removeUpTo(ConversationId conversation, long id);
}
