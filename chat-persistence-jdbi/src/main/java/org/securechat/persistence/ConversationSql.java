package org.securechat.persistence;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.Standing;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.GroupId;

/**
 * The SQL of {@code conversations}, {@code conversation_participants}, {@code departures} and
 * {@code conversation_starts}, but for what {@link ReadingSql} does.
 */
interface ConversationSql {
  @SqlQuery(
      """
      SELECT * FROM conversation_participants
      WHERE conversation_id = :conversation AND user_id = :user
      """)
  Optional<Participant> participant(ConversationId conversation, UserId user);

  @SqlQuery("SELECT * FROM conversation_participants WHERE conversation_id = :conversation")
  List<Participant> participants(ConversationId conversation);

  @SqlQuery(
      """
      SELECT own.*, conversations.last_id, conversations.version
      FROM conversation_participants AS own
      JOIN conversations ON conversations.id = own.conversation_id
      WHERE own.user_id = :user ORDER BY own.conversation_id
      """)
  List<Standing> standings(UserId user);

  /** Conversation ids are large and random: what is left of them can be added up. */
  @SqlQuery(
      """
      SELECT own.user_id, COUNT(*) AS conversations, SUM(conversations.last_id) AS last_ids,
        SUM(conversations.version) AS versions, SUM(own.conversation_id % 1000000007) AS ids
      FROM conversation_participants AS own
      JOIN conversations ON conversations.id = own.conversation_id
      WHERE own.user_id IN (<users>) GROUP BY own.user_id
      """)
  List<Fingerprint> fingerprints(@BindList List<UserId> users);

  /** A conversation as a change finds it, but for the participants. */
  @SqlQuery(
      """
      SELECT conversations.*, epochs.statement, seen.running_hash AS seen_hash,
        :seen AS seen_entry
      FROM conversations
      JOIN epochs ON epochs.conversation_id = conversations.id
        AND epochs.epoch = conversations.epoch
      LEFT JOIN messages AS seen ON seen.conversation_id = conversations.id AND seen.id = :seen
      WHERE conversations.id = :id AND conversations.participant_count > 0
      """)
  Optional<LoadedConversation> load(ConversationId id, long seen);

  /** In the order of their ids, and kept until the end of the transaction. */
  @SqlQuery(
      """
      SELECT users.id, users.username, users.public_key,
        EXISTS (SELECT 1 FROM blocks WHERE blocks.user_id = users.id AND blocks.blocked_id = :actor)
          AS blocks_actor
      FROM users WHERE users.id IN (<ids>) ORDER BY users.id <keepingRows>
      """)
  List<FoundNewcomer> newcomers(UserId actor, @BindList Collection<UserId> ids);

  @SqlQuery(
      """
      SELECT COUNT(*) FROM conversation_participants
      WHERE invited_by = :user AND joined_at_ms IS NULL
      """)
  int countInvitations(UserId user);

  @SqlQuery("SELECT EXISTS (SELECT 1 FROM conversations WHERE group_id = :group)")
  boolean isTaken(GroupId group);

  @SqlQuery(
      """
      SELECT COUNT(*) AS started, MIN(started_at_ms) AS first_started_at_ms
      FROM conversation_starts WHERE user_id = :user AND started_at_ms >= :since
      """)
  RecentStarts starts(UserId user, Instant since);

  @SqlUpdate(
      """
      INSERT INTO conversation_starts (user_id, started_at_ms, conversation_id)
      VALUES (:user, :at, :conversation)
      """)
  void addStart(UserId user, Instant at, ConversationId conversation);

  @SqlUpdate(
      """
      DELETE FROM conversation_starts WHERE (user_id, started_at_ms, conversation_id) IN (
        SELECT user_id, started_at_ms, conversation_id FROM conversation_starts
        WHERE started_at_ms < :instant ORDER BY started_at_ms LIMIT :limit)
      """)
  int forgetStartedBefore(Instant instant, int limit);

  default void insert(ConversationRow row) {
    insert(
        row.id(),
        row.group(),
        row.name(),
        row.createdAt(),
        row.epoch(),
        row.epochEntry(),
        row.rekeyRequired(),
        row.version(),
        row.participants(),
        row.messageCount(),
        row.tip());
  }

  @SqlUpdate(
      """
      INSERT INTO conversations (
        id, group_id, name, created_at_ms, epoch, epoch_entry, rekey_required, version,
        participant_count, message_count, last_id, last_at_ms, last_hash)
      VALUES (
        :id, :group, :name, :createdAt, :epoch, :epochEntry, :rekeyRequired, :version,
        :participants, :messageCount, :tip.last, :tip.at, :tip.seen.hash)
      """)
  void insert(
      ConversationId id,
      GroupId group,
      @Nullable String name,
      Instant createdAt,
      long epoch,
      long epochEntry,
      boolean rekeyRequired,
      long version,
      int participants,
      long messageCount,
      @BindMethods("tip") Tip tip);

  /** Puts everything down that a change may have changed. */
  default void update(ConversationRow row) {
    update(
        row.id(),
        row.name(),
        row.epoch(),
        row.epochEntry(),
        row.rekeyRequired(),
        row.version(),
        row.participants(),
        row.tip());
  }

  @SqlUpdate(
      """
      UPDATE conversations SET
        name = :name, epoch = :epoch, epoch_entry = :epochEntry,
        rekey_required = :rekeyRequired, version = :version, participant_count = :participants,
        last_id = :tip.last, last_at_ms = :tip.at, last_hash = :tip.seen.hash
      WHERE id = :id
      """)
  void update(
      ConversationId id,
      @Nullable String name,
      long epoch,
      long epochEntry,
      boolean rekeyRequired,
      long version,
      int participants,
      @BindMethods("tip") Tip tip);

  /** Puts participants down who come in, or are changed. */
  default void put(ConversationId conversation, List<Participant> participants) {
    put(
        conversation,
        participants.stream().map(Participant::user).toList(),
        participants.stream().map(each -> each.role().word()).toList(),
        participants.stream().map(each -> each.joinedAt().map(Instant::toEpochMilli)).toList(),
        participants.stream().map(Participant::addedEpoch).toList(),
        participants.stream().map(each -> each.window().after()).toList(),
        participants.stream().map(each -> each.window().epochEntry()).toList(),
        participants.stream().map(Participant::invitedBy).toList());
  }

  @SqlBatch(
      value =
          """
          INSERT INTO conversation_participants (
            conversation_id, user_id, role, joined_at_ms, added_epoch, window_after,
            window_epoch_entry, invited_by)
          VALUES (
            :conversation, :user, :role, :joinedAtMs, :addedEpoch, :after, :epochEntry, :invitedBy)
          ON CONFLICT (conversation_id, user_id) DO UPDATE SET
            role = excluded.role, joined_at_ms = excluded.joined_at_ms,
            added_epoch = excluded.added_epoch, window_after = excluded.window_after,
            window_epoch_entry = excluded.window_epoch_entry, invited_by = excluded.invited_by
          """,
      transactional = false)
  void put(
      ConversationId conversation,
      List<UserId> user,
      List<String> role,
      List<Optional<Long>> joinedAtMs,
      List<Long> addedEpoch,
      List<Long> after,
      List<Long> epochEntry,
      List<UserId> invitedBy);

  @SqlBatch(
      value =
          """
          DELETE FROM conversation_participants
          WHERE conversation_id = :conversation AND user_id = :user
          """,
      transactional = false)
  void remove(ConversationId conversation, List<UserId> user);

  @SqlBatch(
      value =
          """
          DELETE FROM message_read_statuses
          WHERE conversation_id = :conversation AND user_id = :user
          """,
      transactional = false)
  void removeMarks(ConversationId conversation, List<UserId> user);

  /** Remembers who was once there; what was erased of their messages begins anew. */
  @SqlBatch(
      value =
          """
          INSERT INTO departures (user_id, conversation_id) VALUES (:user, :conversation)
          ON CONFLICT (user_id, conversation_id) DO NOTHING
          """,
      transactional = false)
  void addDepartures(ConversationId conversation, List<UserId> user);

  /** Remembers that keys are left over of users who have departed. */
  @SqlBatch(
      value =
          """
          UPDATE departures SET stale_key_epoch = :epoch
          WHERE user_id = :user AND conversation_id = :conversation
          """,
      transactional = false)
  void addStaleKeys(ConversationId conversation, List<UserId> user, long epoch);

  @SqlQuery("SELECT * FROM conversations WHERE id = :id")
  Optional<ConversationRow> row(ConversationId id);

  @SqlQuery(
      """
      SELECT conversation_id FROM conversation_participants
      WHERE user_id = :user ORDER BY conversation_id LIMIT :limit
      """)
  List<ConversationId> conversationsOf(UserId user, int limit);

  /** One of the conversations that somebody has left. */
  @SqlQuery("SELECT * FROM departures WHERE user_id = :user ORDER BY conversation_id LIMIT 1")
  Optional<Departure> departureOf(UserId user);

  /** One that has left keys. */
  @SqlQuery(
      """
      SELECT * FROM departures WHERE stale_key_epoch IS NOT NULL
      ORDER BY conversation_id, user_id LIMIT 1
      """)
  Optional<Departure> anyStale();

  @SqlUpdate(
      """
      UPDATE departures SET emptied_to = :emptiedTo
      WHERE user_id = :user AND conversation_id = :conversation
      """)
  void moveEmptied(UserId user, ConversationId conversation, long emptiedTo);

  @SqlUpdate(
      """
      UPDATE departures SET stale_key_epoch = NULL
      WHERE user_id = :user AND conversation_id = :conversation
      """)
  void removeStale(UserId user, ConversationId conversation);

  @SqlUpdate("DELETE FROM departures WHERE user_id = :user AND conversation_id = :conversation")
  void removeDeparture(UserId user, ConversationId conversation);

  /** A conversation that nobody is in. */
  @SqlQuery("SELECT id FROM conversations WHERE participant_count = 0 ORDER BY id LIMIT 1")
  Optional<ConversationId> anyEnded();

  @SqlUpdate(
      """
      DELETE FROM message_read_statuses WHERE conversation_id = :conversation AND user_id IN (
        SELECT user_id FROM message_read_statuses
        WHERE conversation_id = :conversation ORDER BY user_id LIMIT :limit)
      """)
  int removeMarksIn(ConversationId conversation, int limit);

  @SqlUpdate(
      """
      DELETE FROM departures WHERE conversation_id = :conversation AND user_id IN (
        SELECT user_id FROM departures
        WHERE conversation_id = :conversation ORDER BY user_id LIMIT :limit)
      """)
  int removeDeparturesFrom(ConversationId conversation, int limit);

  @SqlUpdate("DELETE FROM conversations WHERE id = :conversation AND participant_count = 0")
  int removeEnded(ConversationId conversation);
}
