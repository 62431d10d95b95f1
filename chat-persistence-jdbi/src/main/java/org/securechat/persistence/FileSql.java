package org.securechat.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.securechat.domain.file.FileId;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.file.Upload;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;

/**
 * The SQL of {@code files} and {@code file_chunks}. A file is {@code uploading}, then {@code kept};
 * it ends {@code erased}, when nobody gets at its bytes, and {@code gone}, when there are none.
 */
interface FileSql {

  @SqlUpdate(
      """
      INSERT INTO files (
        id, conversation_id, uploader_id, state, name, mime_type, began_at_ms)
      VALUES (
        :id, :conversation, :uploader, 'uploading', :name.value, :mimeType.value, :beganAt)
      """)
  void insert(@BindMethods Upload upload);

  @SqlQuery("SELECT * FROM files WHERE id = :id AND state = 'uploading'")
  Optional<UploadRow> upload(FileId id);

  @SqlQuery(
      """
      SELECT COUNT(*) AS files, COALESCE(SUM(size), 0) AS bytes FROM files
      WHERE uploader_id = :user AND state = 'kept'
      """)
  HeldFiles held(UserId user);

  /** Adds the next chunk to an upload; false if it is not the next, or there is no upload. */
  @SqlUpdate(
      """
      INSERT INTO file_chunks (file_id, number, bytes)
      SELECT id, :number, :bytes FROM files
      WHERE id = :id AND state = 'uploading' AND (
        :number = 0 OR EXISTS (
          SELECT 1 FROM file_chunks WHERE file_id = :id AND number = :number - 1))
      ON CONFLICT (file_id, number) DO NOTHING
      """)
  boolean insertChunk(FileId id, int number, byte[] bytes);

  @SqlUpdate(
      """
      UPDATE files SET state = 'kept', size = :size, sha256 = :sha256, uploaded_at_ms = :at
      WHERE id = :id
      """)
  void seal(FileId id, long size, Sha256 sha256, Instant at);

  @SqlQuery("SELECT * FROM files WHERE id = :id AND sha256 IS NOT NULL")
  Optional<StoredFile> find(FileId id);

  @SqlQuery("SELECT * FROM files WHERE id IN (<ids>) AND sha256 IS NOT NULL")
  List<StoredFile> findAll(@BindList List<FileId> ids);

  @SqlQuery("SELECT * FROM files WHERE uploader_id = :user AND state = 'kept' ORDER BY id")
  List<StoredFile> uploadedBy(UserId user);

  /** What entries of a range carry, in their order. */
  @SqlQuery(
      """
      SELECT * FROM files
      WHERE conversation_id = :conversation AND entry_id BETWEEN :first AND :last
      ORDER BY entry_id, position
      """)
  List<StoredFile> carried(ConversationId conversation, long first, long last);

  @SqlQuery(
      """
      SELECT file_chunks.bytes FROM file_chunks
      JOIN files ON files.id = file_chunks.file_id AND files.state = 'kept'
      WHERE file_chunks.file_id = :id AND file_chunks.number = :number
      """)
  Optional<byte[]> chunk(FileId id, int number);

  /** Gives an upload up. */
  @SqlUpdate("UPDATE files SET state = 'erased' WHERE id = :id AND state = 'uploading'")
  boolean eraseUpload(FileId id);

  /** Gives a file up that no message carries. */
  @SqlUpdate(
      """
      UPDATE files SET state = 'erased' WHERE id = :id AND state = 'kept' AND entry_id IS NULL
      """)
  boolean eraseUnattached(FileId id);

  @SqlQuery(
      """
      SELECT id, conversation_id FROM files
      WHERE state = 'uploading' AND began_at_ms < :before ORDER BY began_at_ms LIMIT :limit
      """)
  List<SweptFile> uploadsBefore(Instant before, int limit);

  @SqlQuery(
      """
      SELECT id, conversation_id FROM files
      WHERE state = 'kept' AND entry_id IS NULL AND uploaded_at_ms < :before
      ORDER BY uploaded_at_ms LIMIT :limit
      """)
  List<SweptFile> unattachedBefore(Instant before, int limit);

  @SqlQuery("SELECT id, conversation_id FROM files WHERE state = 'erased' ORDER BY id LIMIT :limit")
  List<SweptFile> erased(int limit);

  /** Removes some chunks of an erased file; returns how many. */
  @SqlUpdate(
      """
      DELETE FROM file_chunks WHERE file_id = :id AND number IN (
        SELECT number FROM file_chunks WHERE file_id = :id ORDER BY number LIMIT :limit)
      """)
  int removeChunks(FileId id, int limit);

  /** What a message carries is still named there. */
  @SqlUpdate(
      "UPDATE files SET state = 'gone' WHERE id = :id AND state = 'erased' AND entry_id IS NOT"
          + " NULL")
  void end(FileId id);

  @SqlUpdate("DELETE FROM files WHERE id = :id AND state = 'erased' AND entry_id IS NULL")
  void remove(FileId id);

  /** Erases some of what a user has uploaded; returns how many. */
  @SqlUpdate(
      """
      UPDATE files SET state = 'erased' WHERE id IN (
        SELECT id FROM files WHERE uploader_id = :user AND state = 'kept' LIMIT :limit)
      """)
  int eraseOf(UserId user, int limit);

  /** Erases some of the files of a conversation that has ended; returns how many. */
  @SqlUpdate(
      """
      UPDATE files SET state = 'erased', entry_id = NULL WHERE id IN (
        SELECT id FROM files
        WHERE conversation_id = :conversation AND (state <> 'erased' OR entry_id IS NOT NULL)
        LIMIT :limit)
      """)
  int eraseIn(ConversationId conversation, int limit);
}
