package org.securechat.persistence;

import java.util.List;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.conversation.EpochRecord;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/** The SQL of {@code epochs} and {@code keys}. */
interface KeySql {

  @SqlUpdate(
      """
      INSERT INTO epochs (conversation_id, epoch, entry_id, statement)
      VALUES (:conversation, :epoch, :entry, :statement)
      """)
  void insertEpoch(ConversationId conversation, long epoch, long entry, String statement);

  @SqlBatch(
      value =
          """
          INSERT INTO keys (conversation_id, user_id, epoch, wrapped_key)
          VALUES (:conversation, :user, :epoch, :key)
          """,
      transactional = false)
  void insertKeys(ConversationId conversation, List<UserId> user, long epoch, List<WrappedKey> key);

  /** Sizes of epochs with somebody's keys, before it is known how many there is room for. */
  @SqlQuery(
      """
      SELECT epochs.epoch AS id, 0 AS file_count,
        entries.size + COALESCE(length(keys.wrapped_key), 0) AS size
      FROM epochs
      JOIN messages AS entries ON entries.conversation_id = epochs.conversation_id
        AND entries.id = epochs.entry_id
      LEFT JOIN keys ON keys.conversation_id = epochs.conversation_id
        AND keys.user_id = :user AND keys.epoch = epochs.epoch
      WHERE epochs.conversation_id = :conversation AND epochs.epoch >= :from
        AND EXISTS (SELECT 1 FROM conversations WHERE id = :conversation AND participant_count > 0)
      ORDER BY epochs.epoch LIMIT :limit
      """)
  List<EntrySize> sizesFrom(ConversationId conversation, UserId user, long from, int limit);

  /** Keys of a user who has left may still be there for a while. */
  @SqlQuery(
      """
      SELECT epochs.epoch, epochs.entry_id, epochs.statement, entries.created_at_ms,
        entries.signature, keys.wrapped_key
      FROM epochs
      JOIN messages AS entries ON entries.conversation_id = epochs.conversation_id
        AND entries.id = epochs.entry_id
      LEFT JOIN conversation_participants AS own
        ON own.conversation_id = epochs.conversation_id AND own.user_id = :user
      LEFT JOIN keys ON keys.conversation_id = own.conversation_id
        AND keys.user_id = own.user_id AND keys.epoch = epochs.epoch
        AND keys.epoch >= own.added_epoch
      WHERE epochs.conversation_id = :conversation AND epochs.epoch BETWEEN :first AND :last
      ORDER BY epochs.epoch
      """)
  List<EpochRecord> range(ConversationId conversation, UserId user, long first, long last);

  /** Removes keys of users up to an epoch, some of them; returns how many. */
  @SqlUpdate(
      """
      DELETE FROM keys WHERE conversation_id = :conversation AND (user_id, epoch) IN (
        SELECT user_id, epoch FROM keys
        WHERE conversation_id = :conversation AND user_id IN (<users>) AND epoch <= :upTo
        ORDER BY user_id, epoch LIMIT :limit)
      """)
  int removeKeys(ConversationId conversation, @BindList List<UserId> users, long upTo, int limit);

  /** Removes some keys of a conversation that has ended; returns how many. */
  @SqlUpdate(
      """
      DELETE FROM keys WHERE conversation_id = :conversation AND (user_id, epoch) IN (
        SELECT user_id, epoch FROM keys
        WHERE conversation_id = :conversation ORDER BY user_id, epoch LIMIT :limit)
      """)
  int removeSomeIn(ConversationId conversation, int limit);

  /** Removes some epochs of a conversation that has ended; returns how many. */
  @SqlUpdate(
      """
      DELETE FROM epochs WHERE conversation_id = :conversation AND epoch IN (
        SELECT epoch FROM epochs
        WHERE conversation_id = :conversation ORDER BY epoch LIMIT :limit)
      """)
  int removeEpochsIn(ConversationId conversation, int limit);
}
