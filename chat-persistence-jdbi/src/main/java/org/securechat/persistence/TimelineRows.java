package org.securechat.persistence;

import static org.securechat.persistence.ConversationRows.instant;
import static org.securechat.persistence.ConversationRows.optionalInstant;
import static org.securechat.persistence.ConversationRows.optionalLong;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.file.FileId;
import org.securechat.domain.file.FileName;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.MimeType;
import org.securechat.domain.file.StoredFile;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.timeline.DeletionFacts;
import org.securechat.domain.timeline.EncryptedContent;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.Place;
import org.securechat.domain.timeline.TimelineFacts;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.Seen;

/** Makes the domain's values of rows about timelines and files. */
final class TimelineRows {
  private TimelineRows() {}

  static void register(Jdbi jdbi) {
    jdbi.registerRowMapper(EntrySize.class, (row, context) -> size(row))
        .registerRowMapper(FullMessage.class, TimelineRows::fullMessage)
        .registerRowMapper(StoredFile.class, TimelineRows::file)
        .registerRowMapper(HeldFiles.class, TimelineRows::heldFiles)
        .registerRowMapper(UploadRow.class, TimelineRows::upload)
        .registerRowMapper(SweptFile.class, TimelineRows::sweptFile);
  }

  /** Of the row that {@link TimelineStatements#LOAD} gives. */
  static LoadedTimeline loadedTimeline(ResultSet row, long seen) throws SQLException {
    return new LoadedTimeline(
        row.getBoolean("live"),
        facts(row, seen),
        row.getLong("message_count"),
        row.getLong("sender_number"),
        optionalLong(row, "earlier_id"),
        target(row),
        row.getLong("up_to"));
  }

  private static Optional<TimelineFacts> facts(ResultSet row, long seen) throws SQLException {
    byte[] group = row.getBytes("group_id");
    if (group == null) {
      return Optional.empty();
    }
    Optional<Participant> own =
        optionalLong(row, "user_id").isPresent()
            ? Optional.of(ConversationRows.participant(row))
            : Optional.empty();
    return Optional.of(
        new TimelineFacts(
            IdBytes.group(group),
            row.getLong("epoch"),
            row.getLong("epoch_entry"),
            row.getBoolean("rekey_required"),
            ConversationRows.tip(row),
            own,
            ConversationRows.hashAtSeen(row, seen)));
  }

  private static Optional<DeletionFacts.Target> target(ResultSet row) throws SQLException {
    long id = row.getLong("target_id");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(
            new DeletionFacts.Target(
                id,
                kind(row.getString("target_kind")),
                new UserId(row.getLong("target_sender_id")),
                optionalLong(row, "target_deletion_id")));
  }

  private static EntryKind kind(String word) {
    return Stream.of(EntryKind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow();
  }

  static EntrySize size(ResultSet row) throws SQLException {
    return new EntrySize(row.getLong("id"), row.getLong("size"), row.getInt("file_count"));
  }

  private static FullMessage fullMessage(ResultSet row, StatementContext context)
      throws SQLException {
    return new FullMessage(
        new ConversationId(row.getLong("conversation_id")), row.getLong("id"), row.getLong("size"));
  }

  static StoredEntry entry(ResultSet row) throws SQLException {
    Place place =
        new Place(
            new ConversationId(row.getLong("conversation_id")),
            row.getLong("id"),
            new UserId(row.getLong("sender_id")),
            row.getLong("epoch"),
            instant(row, "created_at_ms"));
    Sha256 bodyHash = hash(row, "body_hash");
    Signature signature = Signature.copyOf(row.getBytes("signature"));
    Entry entry =
        switch (kind(row.getString("kind"))) {
          case MESSAGE -> message(row, place, bodyHash, signature);
          case EPOCH -> new Entry.Epoch(place, row.getString("statement"), bodyHash, signature);
          case DELETION ->
              new Entry.Deletion(place, row.getLong("deleted_id"), seen(row), bodyHash, signature);
        };
    return new StoredEntry(entry, row.getInt("file_count"));
  }

  private static Entry.Message message(
      ResultSet row, Place place, Sha256 bodyHash, Signature signature) throws SQLException {
    byte[] nonce = row.getBytes("nonce");
    return new Entry.Message(
        place,
        IdBytes.client(row.getBytes("client_id")),
        row.getLong("sent_at_ms"),
        seen(row),
        nonce == null
            ? Optional.empty()
            : Optional.of(EncryptedContent.wrap(nonce, row.getBytes("ciphertext"))),
        hash(row, "content_hash"),
        bodyHash,
        signature,
        List.of(),
        optionalLong(row, "expires_in_s").map(Math::toIntExact),
        optionalInstant(row, "expires_at_ms"));
  }

  private static StoredFile file(ResultSet row, StatementContext context) throws SQLException {
    return new StoredFile(
        new FileRecord(
            new FileId(row.getLong("id")),
            new FileName(row.getString("name")),
            new MimeType(row.getString("mime_type")),
            row.getLong("size"),
            hash(row, "sha256")),
        new ConversationId(row.getLong("conversation_id")),
        new UserId(row.getLong("uploader_id")),
        instant(row, "uploaded_at_ms"),
        optionalLong(row, "entry_id"),
        optionalInstant(row, "expires_at_ms"),
        !row.getString("state").equals("kept"));
  }

  private static HeldFiles heldFiles(ResultSet row, StatementContext context) throws SQLException {
    return new HeldFiles(row.getInt("files"), row.getLong("bytes"));
  }

  private static UploadRow upload(ResultSet row, StatementContext context) throws SQLException {
    return new UploadRow(
        new ConversationId(row.getLong("conversation_id")), new UserId(row.getLong("uploader_id")));
  }

  private static SweptFile sweptFile(ResultSet row, StatementContext context) throws SQLException {
    return new SweptFile(
        new FileId(row.getLong("id")), new ConversationId(row.getLong("conversation_id")));
  }

  private static Seen seen(ResultSet row) throws SQLException {
    return new Seen(row.getLong("seen_id"), hash(row, "seen_hash"));
  }

  private static Sha256 hash(ResultSet row, String column) throws SQLException {
    return Sha256.copyOf(row.getBytes(column));
  }
}
