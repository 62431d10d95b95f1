package org.securechat.testkit.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.securechat.domain.conversation.AppendedEpoch;
import org.securechat.domain.conversation.ConversationChange;
import org.securechat.domain.conversation.ConversationHead;
import org.securechat.domain.conversation.ConversationName;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.NewConversation;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.ParticipantView;
import org.securechat.domain.conversation.Tip;
import org.securechat.domain.conversation.WrappedKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.timeline.Entry;
import org.securechat.domain.timeline.Place;
import org.securechat.domain.timeline.TimelineFacts;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.domain.transcript.EntryKind;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.GroupId;
import org.securechat.domain.transcript.LogEntry;
import org.securechat.domain.transcript.Seen;

/** A conversation on the heap. */
final class MemoryConversation {
  final ConversationId id;
  final GroupId group;
  final TreeMap<Long, Participant> participants = new TreeMap<>();
  final List<Entry> entries = new ArrayList<>();
  final List<AppendedEpoch> epochs = new ArrayList<>();

  private final NewConversation begun;
  private final Map<UserId, Long> readUpTo = new HashMap<>();
  private final Map<UserId, Map<Long, WrappedKey>> keys = new HashMap<>();
  private final List<Sha256> hashes = new ArrayList<>(List.of(Seen.NOTHING.hash()));
  private Optional<ConversationName> name = Optional.empty();
  private Tip tip;
  private long version;

  MemoryConversation(NewConversation begun) {
    this.id = begun.id();
    this.group = begun.group();
    this.begun = begun;
    this.tip = Tip.beginning(begun.createdAt());
    apply(begun.change());
  }

  boolean hasEnded() {
    return participants.isEmpty();
  }

  Tip tip() {
    return tip;
  }

  long version() {
    return version;
  }

  AppendedEpoch newest() {
    return epochs.get(epochs.size() - 1);
  }

  Optional<Participant> participant(UserId user) {
    return Optional.ofNullable(participants.get(user.value()));
  }

  /** The running hash at an entry, or before the first one. */
  Optional<Sha256> hashAt(long entry) {
    return entry < hashes.size() ? Optional.of(hashes.get((int) entry)) : Optional.empty();
  }

  Optional<Entry> entry(long entry) {
    return entry >= 1 && entry <= entries.size()
        ? Optional.of(entries.get((int) entry - 1))
        : Optional.empty();
  }

  void replace(Entry entry) {
    entries.set((int) entry.place().id() - 1, entry);
  }

  ConversationHead head() {
    Map<UserId, Participant> byId = new HashMap<>();
    participants.values().forEach(participant -> byId.put(participant.user(), participant));
    return new ConversationHead(id, group, name, newest().statement(), tip, byId);
  }

  TimelineFacts facts(UserId actor, long seen) {
    AppendedEpoch epoch = newest();
    return new TimelineFacts(
        group,
        epoch.statement().epoch(),
        epoch.entry().id(),
        rekeyRequired(),
        tip,
        participant(actor),
        hashAt(seen));
  }

  private boolean rekeyRequired() {
    return !head().leavers().isEmpty();
  }

  void apply(ConversationChange change) {
    if (change.isNothing()) {
      return;
    }
    version++;
    change.name().ifPresent(given -> name = Optional.of(given));
    change.removed().forEach(this::forget);
    change.put().forEach(participant -> participants.put(participant.user().value(), participant));
    change.epoch().ifPresent(this::append);
  }

  private void append(AppendedEpoch epoch) {
    EpochStatement statement = epoch.statement();
    LogEntry entry = epoch.entry();
    epochs.add(epoch);
    epoch
        .keys()
        .forEach((user, key) ->
            keys.computeIfAbsent(user, owner -> new HashMap<>()).put(statement.epoch(), key));
    append(
        new Entry.Epoch(
            new Place(id, entry.id(), entry.sender(), entry.epoch(), epoch.tip().at()),
            statement.text(),
            entry.body(),
            entry.signature()),
        epoch.tip());
  }

  void append(Entry entry, Tip end) {
    entries.add(entry);
    hashes.add(end.seen().hash());
    tip = end;
  }

  /** Takes somebody out, as if they had left. */
  void remove(UserId user) {
    version++;
    forget(user);
  }

  private void forget(UserId user) {
    participants.remove(user.value());
    keys.remove(user);
    readUpTo.remove(user);
  }

  Optional<WrappedKey> key(UserId user, long epoch) {
    return Optional.ofNullable(keys.getOrDefault(user, Map.of()).get(epoch));
  }

  /** Moves a mark, but never back; returns where it is then. */
  long markRead(UserId user, long upTo) {
    return readUpTo.merge(user, upTo, Math::max);
  }

  long readUpTo(UserId user) {
    return readUpTo.getOrDefault(user, 0L);
  }

  ConversationView view(Participant viewer, boolean withParticipants, MemoryTables tables) {
    return new ConversationView(
        id,
        group,
        name,
        begun.createdAt(),
        newest().statement().epoch(),
        rekeyRequired(),
        tip,
        version,
        viewer,
        unread(viewer),
        participants.size(),
        withParticipants ? Optional.of(views(tables)) : Optional.empty(),
        key(viewer.user(), newest().statement().epoch()));
  }

  private int unread(Participant viewer) {
    long from = Math.max(readUpTo(viewer.user()), viewer.window().epochEntry());
    return (int)
        entries.stream()
            .skip(from)
            .filter(entry ->
                entry.kind() == EntryKind.MESSAGE && !entry.place().sender().equals(viewer.user()))
            .limit(ConversationView.UNREAD_MAX)
            .count();
  }

  /** Those whose account has ended are still in it, but nobody is told of them. */
  private List<ParticipantView> views(MemoryTables tables) {
    List<ParticipantView> views = new ArrayList<>();
    for (Participant participant : participants.values()) {
      tables
          .find(participant.user())
          .ifPresent(account ->
              views.add(
                  new ParticipantView(
                      participant.user(),
                      account.profile().username(),
                      account.profile().identityKey(),
                      participant.role(),
                      participant.joinedAt(),
                      readUpTo(participant.user()))));
    }
    return views;
  }
}
