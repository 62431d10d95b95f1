package org.securechat.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.EpochRecord;
import org.securechat.domain.conversation.Newcomer;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.ParticipantView;
import org.securechat.domain.conversation.Standing;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.conversation.Window;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Role;
import org.securechat.domain.transcript.Seen;

/** Makes the domain's values of rows about conversations and who is in them. */
final class ConversationRows {
  private ConversationRows() {}

  static void register(Jdbi jdbi) {
    jdbi.registerColumnMapper(
            ConversationId.class, (row, column, context) -> new ConversationId(row.getLong(column)))
        .registerColumnMapper(
            UserId.class, (row, column, context) -> new UserId(row.getLong(column)))
        .registerRowMapper(new ParticipantMapper())
        .registerRowMapper(Standing.class, ConversationRows::standing)
        .registerRowMapper(Fingerprint.class, ConversationRows::fingerprint)
        .registerRowMapper(ConversationRow.class, ConversationRows::row)
        .registerRowMapper(Departure.class, ConversationRows::departure)
        .registerRowMapper(LoadedConversation.class, ConversationRows::loadedConversation)
        .registerRowMapper(FoundNewcomer.class, ConversationRows::newcomer)
        .registerRowMapper(RecentStarts.class, ConversationRows::recentStarts)
        .registerRowMapper(EpochRecord.class, ConversationRows::epoch);
  }

  /** Makes participants of rows of {@code conversation_participants}. */
  static final class ParticipantMapper implements RowMapper<Participant> {
    @Override
    public Participant map(ResultSet row, StatementContext context) throws SQLException {
      return participant(row);
    }
  }

  static ConversationView view(ResultSet row) throws SQLException {
    byte[] key = row.getBytes("wrapped_key");
    return new ConversationView(
        new ConversationId(row.getLong("id")),
        IdBytes.group(row.getBytes("group_id")),
        Optional.ofNullable(row.getString("name")).map(ConversationName::new),
        instant(row, "created_at_ms"),
        row.getLong("epoch"),
        row.getBoolean("rekey_required"),
        tip(row),
        row.getLong("version"),
        participant(row),
        (int) Math.min(row.getLong("unread"), ConversationView.UNREAD_MAX),
        row.getInt("participant_count"),
        Optional.empty(),
        Optional.ofNullable(key).map(WrappedKey::copyOf));
  }

  static ListedParticipant listedParticipant(ResultSet row) throws SQLException {
    return new ListedParticipant(
        new ConversationId(row.getLong("conversation_id")),
        new ParticipantView(
            new UserId(row.getLong("user_id")),
            new Username(row.getString("username")),
            IdentityKey.copyOf(row.getBytes("public_key")),
            row.getBoolean("is_admin") ? Role.ADMIN : Role.MEMBER,
            optionalInstant(row, "joined_at_ms"),
            row.getLong("up_to")));
  }

  private static Standing standing(ResultSet row, StatementContext context) throws SQLException {
    return new Standing(
        new ConversationId(row.getLong("conversation_id")),
        participant(row),
        row.getLong("last_id"),
        row.getLong("version"));
  }

  private static Fingerprint fingerprint(ResultSet row, StatementContext context)
      throws SQLException {
    return Fingerprint.of(
        new UserId(row.getLong("user_id")),
        row.getLong("conversations"),
        row.getLong("last_ids"),
        row.getLong("versions"),
        row.getLong("ids"));
  }

  private static ConversationRow row(ResultSet row, StatementContext context) throws SQLException {
    return new ConversationRow(
        new ConversationId(row.getLong("id")),
        IdBytes.group(row.getBytes("group_id")),
        row.getString("name"),
        instant(row, "created_at_ms"),
        row.getLong("epoch"),
        row.getLong("epoch_entry"),
        row.getBoolean("rekey_required"),
        row.getLong("version"),
        row.getInt("participant_count"),
        row.getLong("message_count"),
        tip(row));
  }

  private static Departure departure(ResultSet row, StatementContext context) throws SQLException {
    return new Departure(
        new UserId(row.getLong("user_id")),
        new ConversationId(row.getLong("conversation_id")),
        row.getLong("emptied_to"),
        optionalLong(row, "stale_key_epoch"));
  }

  private static LoadedConversation loadedConversation(ResultSet row, StatementContext context)
      throws SQLException {
    return new LoadedConversation(
        row(row, context),
        EpochStatement.parse(row.getString("statement")),
        hashAtSeen(row, row.getLong("seen_entry")));
  }

  private static FoundNewcomer newcomer(ResultSet row, StatementContext context)
      throws SQLException {
    return new FoundNewcomer(
        new UserId(row.getLong("id")),
        new Newcomer(
            new Username(row.getString("username")),
            IdentityKey.copyOf(row.getBytes("public_key")),
            row.getBoolean("blocks_actor")));
  }

  private static RecentStarts recentStarts(ResultSet row, StatementContext context)
      throws SQLException {
    return new RecentStarts(row.getInt("started"), optionalInstant(row, "first_started_at_ms"));
  }

  private static EpochRecord epoch(ResultSet row, StatementContext context) throws SQLException {
    byte[] key = row.getBytes("wrapped_key");
    return new EpochRecord(
        row.getLong("epoch"),
        row.getLong("entry_id"),
        instant(row, "created_at_ms"),
        row.getString("statement"),
        Signature.copyOf(row.getBytes("signature")),
        Optional.ofNullable(key).map(WrappedKey::copyOf));
  }

  /** Of a row that has the columns of {@code conversation_participants}. */
  static Participant participant(ResultSet row) throws SQLException {
    return new Participant(
        new UserId(row.getLong("user_id")),
        role(row),
        optionalInstant(row, "joined_at_ms"),
        row.getLong("added_epoch"),
        new Window(row.getLong("window_after"), row.getLong("window_epoch_entry")),
        new UserId(row.getLong("invited_by")));
  }

  /** Of a row that has the columns of {@code conversations}. */
  static Tip tip(ResultSet row) throws SQLException {
    return new Tip(
        new Seen(row.getLong("last_id"), Sha256.copyOf(row.getBytes("last_hash"))),
        instant(row, "last_at_ms"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
    return optionalLong(row, column).map(Instant::ofEpochMilli);
  }

  static Optional<Long> optionalLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  /** The running hash at an entry, in {@code seen_hash}; before the first it is in no row. */
  static Optional<Sha256> hashAtSeen(ResultSet row, long seen) throws SQLException {
    if (seen == Seen.NOTHING.entry()) {
      return Optional.of(Seen.NOTHING.hash());
    }
    byte @Nullable [] bytes = row.getBytes("seen_hash");
    return Optional.ofNullable(bytes).map(Sha256::copyOf);
  }

  private static Role role(ResultSet row) throws SQLException {
    return row.getString("role").equals(Role.ADMIN.word()) ? Role.ADMIN : Role.MEMBER;
  }
}
