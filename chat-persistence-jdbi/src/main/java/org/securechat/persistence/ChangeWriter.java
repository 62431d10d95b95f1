package org.securechat.persistence;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.securechat.domain.conversation.AppendedEpoch;
import org.securechat.domain.conversation.ConversationChange;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.NewConversation;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EpochStatement;

/** Writes what was decided of a conversation, within a unit of work. */
final class ChangeWriter {
  /** How many keys go with those who leave, at once; the rest is swept. */
  static final int KEYS = 1000;

  private final Tables tables;

  ChangeWriter(Tables tables) {
    this.tables = tables;
  }

  void begin(NewConversation conversation) {
    ConversationChange change = conversation.change();
    AppendedEpoch epoch = change.epoch().orElseThrow();
    Set<UserId> users = change.put().stream().map(Participant::user).collect(Collectors.toSet());
    tables
        .conversations()
        .insert(
            new ConversationRow(
                conversation.id(),
                conversation.group(),
                change.name().map(ConversationName::value).orElse(null),
                conversation.createdAt(),
                epoch.statement().epoch(),
                epoch.entry().id(),
                !epoch.statement().leavers(users).isEmpty(),
                1,
                users.size(),
                0,
                epoch.tip()));
    tables.conversations().put(conversation.id(), change.put());
    append(epoch, conversation.id(), 0);
  }

  /** Applies a change that is not nothing. */
  void apply(ConversationChange change, LoadedConversation loaded, List<Participant> participants) {
    ConversationRow row = loaded.row();
    Set<UserId> users =
        participants.stream().map(Participant::user).collect(Collectors.toCollection(HashSet::new));
    users.removeAll(change.removed());
    change.put().forEach(participant -> users.add(participant.user()));
    remove(
        participants.stream().filter(each -> change.removed().contains(each.user())).toList(), row);
    tables.conversations().put(row.id(), change.put());
    Optional<AppendedEpoch> epoch = change.epoch();
    epoch.ifPresent(appended -> append(appended, row.id(), row.messageCount()));
    EpochStatement statement = epoch.map(AppendedEpoch::statement).orElse(loaded.statement());
    Tip tip = epoch.map(AppendedEpoch::tip).orElse(row.tip());
    tables
        .conversations()
        .update(
            new ConversationRow(
                row.id(),
                row.group(),
                change.name().map(ConversationName::value).orElse(row.name()),
                row.createdAt(),
                statement.epoch(),
                epoch.map(appended -> appended.entry().id()).orElse(row.epochEntry()),
                !statement.leavers(users).isEmpty(),
                row.version() + 1,
                users.size(),
                row.messageCount(),
                tip));
  }

  private void append(AppendedEpoch epoch, ConversationId conversation, long messageCount) {
    long number = epoch.statement().epoch();
    tables.timelineStatements().insert(NewEntry.of(epoch, conversation, messageCount));
    tables.keys().insertEpoch(conversation, number, epoch.entry().id(), epoch.statement().text());
    List<Map.Entry<UserId, WrappedKey>> keys = List.copyOf(epoch.keys().entrySet());
    tables
        .keys()
        .insertKeys(
            conversation,
            keys.stream().map(Map.Entry::getKey).toList(),
            number,
            keys.stream().map(Map.Entry::getValue).toList());
  }

  /** Takes participants out, with their keys and marks; who has joined may have left messages. */
  private void remove(List<Participant> removed, ConversationRow row) {
    if (removed.isEmpty()) {
      return;
    }
    ConversationSql sql = tables.conversations();
    List<UserId> users = removed.stream().map(Participant::user).toList();
    sql.remove(row.id(), users);
    sql.removeMarks(row.id(), users);
    sql.addDepartures(
        row.id(), removed.stream().filter(Participant::hasJoined).map(Participant::user).toList());
    if (tables.keys().removeKeys(row.id(), users, row.epoch(), KEYS) == KEYS) {
      sql.addDepartures(row.id(), users);
      sql.addStaleKeys(row.id(), users, row.epoch());
    }
  }

  /** Takes somebody out whose account has ended; false if they are not in it. */
  boolean takeOut(UserId user, ConversationId id) {
    Optional<Participant> participant = tables.conversations().participant(id, user);
    if (participant.isEmpty()) {
      return false;
    }
    ConversationRow row = tables.conversations().row(id).orElseThrow();
    remove(List.of(participant.get()), row);
    tables.conversations().update(row.withOneLess());
    return true;
  }
}
