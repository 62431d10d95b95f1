package org.securechat.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.session.Actor;
import org.securechat.domain.timeline.EncryptedContent;
import org.securechat.domain.timeline.Place;
import org.securechat.domain.transcript.ClientId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.Seen;

/** The SQL of {@code messages}, which are entries of all kinds, and of marks. */
interface TimelineSql {

  /**
   * All that a change to a timeline is decided by, but for files.
   *
   * @param seen the entry whose running hash is asked for
   * @param client names an earlier message of the actor, if one is asked for
   * @param target the entry that is to be deleted; 0 for none
   */
  @SqlQuery(
      """
      SELECT
        EXISTS (SELECT 1 FROM sessions WHERE token_hash = :session AND user_id = :user) AS live,
        found.group_id, found.epoch, found.epoch_entry, found.rekey_required, found.message_count,
        found.last_id, found.last_at_ms, found.last_hash,
        own.user_id, own.role, own.joined_at_ms, own.added_epoch, own.window_after,
        own.window_epoch_entry, own.invited_by,
        seen.running_hash AS seen_hash, :seen AS seen_entry,
        earlier.id AS earlier_id,
        target.id AS target_id, target.kind AS target_kind, target.sender_id AS target_sender_id,
        target.deletion_id AS target_deletion_id,
        (SELECT sender_number FROM messages
          WHERE conversation_id = :conversation AND sender_id = :user AND sender_number IS NOT NULL
          ORDER BY id DESC LIMIT 1) AS sender_number,
        mark.up_to
      FROM (SELECT 1 AS one) AS always
      LEFT JOIN conversations AS found
        ON found.id = :conversation AND found.participant_count > 0
      LEFT JOIN conversation_participants AS own
        ON own.conversation_id = found.id AND own.user_id = :user
      LEFT JOIN messages AS seen ON seen.conversation_id = found.id AND seen.id = :seen
      LEFT JOIN messages AS earlier
        ON earlier.conversation_id = found.id AND earlier.sender_id = :user
          AND earlier.client_id = :client
      LEFT JOIN messages AS target ON target.conversation_id = found.id AND target.id = :target
      LEFT JOIN message_read_statuses AS mark
        ON mark.conversation_id = found.id AND mark.user_id = :user
      """)
  LoadedTimeline load(
      ConversationId conversation,
      @BindMethods Actor actor,
      long seen,
      Optional<ClientId> client,
      long target);

  default void insert(NewEntry entry) {
    insert(
        entry.place(),
        entry.kind().word(),
        entry.size(),
        entry.messageNumber(),
        entry.senderNumber(),
        entry.fileCount(),
        entry.deleted(),
        entry.sentAtMillis(),
        entry.expiresIn(),
        entry.expiresAt(),
        entry.client(),
        entry.seen().map(Seen::entry),
        entry.seen().map(Seen::hash),
        entry.bodyHash(),
        entry.contentHash(),
        entry.runningHash(),
        entry.signature(),
        entry.content().map(EncryptedContent::nonce).orElse(null),
        entry.content().map(EncryptedContent::ciphertext).orElse(null));
  }

  @SqlUpdate(
      """
      INSERT INTO messages (
        conversation_id, id, kind, sender_id, epoch, created_at_ms, size, message_number,
        sender_number, file_count, deleted_id, sent_at_ms, expires_in_s, expires_at_ms, client_id,
        seen_id, seen_hash, body_hash, content_hash, running_hash, signature, nonce, ciphertext)
      VALUES (
        :place.conversation, :place.id, :kind, :place.sender, :place.epoch, :place.createdAt,
        :size, :messageNumber, :senderNumber, :fileCount, :deleted, :sentAtMillis, :expiresIn,
        :expiresAt, :client, :seenEntry, :seenHash, :bodyHash, :contentHash, :runningHash,
        :signature, :nonce, :ciphertext)
      """)
  void insert(
      @BindMethods("place") Place place,
      String kind,
      long size,
      long messageNumber,
      Optional<Long> senderNumber,
      int fileCount,
      Optional<Long> deleted,
      Optional<Long> sentAtMillis,
      Optional<Integer> expiresIn,
      Optional<Instant> expiresAt,
      Optional<ClientId> client,
      Optional<Long> seenEntry,
      Optional<Sha256> seenHash,
      Sha256 bodyHash,
      Optional<Sha256> contentHash,
      Sha256 runningHash,
      Signature signature,
      byte @Nullable [] nonce,
      byte @Nullable [] ciphertext);

  /** Moves the end of a timeline. */
  @SqlUpdate(
      """
      UPDATE conversations SET
        last_id = :tip.last, last_at_ms = :tip.at, last_hash = :tip.seen.hash,
        message_count = :messageCount
      WHERE id = :conversation
      """)
  void moveTip(ConversationId conversation, @BindMethods("tip") Tip tip, long messageCount);

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

  /** What of entries is read before it is known how many a page has, the oldest first. */
  @SqlQuery(
      """
      SELECT id, size, file_count FROM messages
      WHERE conversation_id = :conversation AND id > :after AND id < :before
        AND EXISTS (SELECT 1 FROM conversations WHERE id = :conversation AND participant_count > 0)
      ORDER BY id LIMIT :limit
      """)
  List<EntrySize> sizesFrom(ConversationId conversation, long after, long before, int limit);

  /** Likewise, the newest first. */
  @SqlQuery(
      """
      SELECT id, size, file_count FROM messages
      WHERE conversation_id = :conversation AND id > :after AND id < :before
        AND EXISTS (SELECT 1 FROM conversations WHERE id = :conversation AND participant_count > 0)
      ORDER BY id DESC LIMIT :limit
      """)
  List<EntrySize> sizesBackFrom(ConversationId conversation, long after, long before, int limit);

  /** Entries of a range that is there. */
  @SqlQuery(
      """
      SELECT messages.*, epochs.statement FROM messages
      LEFT JOIN epochs ON messages.kind = 'epoch'
        AND epochs.conversation_id = messages.conversation_id AND epochs.epoch = messages.epoch
      WHERE messages.conversation_id = :conversation AND messages.id BETWEEN :first AND :last
      ORDER BY messages.id
      """)
  List<StoredEntry> range(ConversationId conversation, long first, long last);

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
