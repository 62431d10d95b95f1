package org.securechat.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.securechat.domain.conversation.ActivityMark;
import org.securechat.domain.conversation.ChangeQuery;
import org.securechat.domain.conversation.Circumstances;
import org.securechat.domain.conversation.ConversationChange;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.NewConversation;
import org.securechat.domain.conversation.Newcomer;
import org.securechat.domain.conversation.Newcomers;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.ParticipantView;
import org.securechat.domain.conversation.Standing;
import org.securechat.domain.conversation.StartCircumstances;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.transcript.ConversationId;

/** Conversations in SQL tables. Safe for use by many threads. */
final class JdbiConversationStore implements ConversationStore {
  /** How many ids one query names. */
  private static final int IDS = 1000;

  /** What a row of a change takes, roughly: a wrapped key. */
  private static final long KEY_BYTES = 1200;

  private final Readers readers;
  private final GroupCommit writer;
  private final ClosedAccounts closedAccounts;
  private final EndedConversations endedConversations;

  JdbiConversationStore(Readers readers, GroupCommit writer) {
    this.readers = readers;
    this.writer = writer;
    this.closedAccounts = new ClosedAccounts(readers, writer);
    this.endedConversations = new EndedConversations(readers, writer);
  }

  @Override
  public void create(
      NewConversation conversation, Consumer<StartCircumstances> rules, Actor actor, Once once) {
    Set<UserId> users =
        conversation.change().put().stream().map(Participant::user).collect(Collectors.toSet());
    writer.run(
        Locks.on(actor.user()).and(once).and(conversation.group()),
        KEY_BYTES * users.size(),
        tables -> {
          tables.requireUnspentAndLive(once, actor);
          ConversationSql sql = tables.conversations();
          RecentStarts starts = sql.starts(actor.user(), conversation.startedSince());
          rules.accept(
              new StartCircumstances(
                  sql.isTaken(conversation.group()),
                  starts.started(),
                  starts.first(),
                  newcomers(users, actor.user(), sql)));
          tables.replays().add(once);
          new ChangeWriter(tables).begin(conversation);
          sql.addStart(actor.user(), conversation.createdAt(), conversation.id());
        });
  }

  private static Newcomers newcomers(Set<UserId> users, UserId actor, ConversationSql sql) {
    Map<UserId, Newcomer> accounts = new HashMap<>();
    if (!users.isEmpty()) {
      sql.newcomers(actor, users).forEach(found -> accounts.put(found.user(), found.account()));
    }
    return new Newcomers(accounts, sql.countInvitations(actor));
  }

  @Override
  public Optional<ConversationChange> change(
      ConversationId id,
      ChangeQuery query,
      Function<Circumstances, ConversationChange> decision,
      Actor actor,
      Once once) {
    Locks locks = Locks.on(id).and(once);
    if (!query.users().isEmpty()) {
      locks.and(actor.user());
    }
    return writer.call(
        locks,
        KEY_BYTES * query.users().size(),
        tables -> {
          tables.requireUnspentAndLive(once, actor);
          Optional<LoadedConversation> found = tables.conversations().load(id, query.seen());
          if (found.isEmpty()) {
            return Optional.empty();
          }
          LoadedConversation loaded = found.get();
          List<Participant> participants = tables.conversations().participants(id);
          ConversationChange change =
              decision.apply(
                  new Circumstances(
                      loaded.head(participants),
                      loaded.atSeen(),
                      newcomers(query, participants, actor.user(), tables.conversations())));
          tables.replays().add(once);
          if (!change.isNothing()) {
            new ChangeWriter(tables).apply(change, loaded, participants);
          }
          return Optional.of(change);
        });
  }

  private static Newcomers newcomers(
      ChangeQuery query, List<Participant> participants, UserId actor, ConversationSql sql) {
    Set<UserId> users = new HashSet<>(query.users());
    participants.forEach(participant -> users.remove(participant.user()));
    return newcomers(users, actor, sql);
  }

  @Override
  public Optional<Participant> participant(ConversationId id, UserId user) {
    return readers.read(sql -> sql.participant(id, user));
  }

  @Override
  public Optional<ConversationView> view(ConversationId id, UserId viewer) {
    return readers.read(sql ->
        sql.view(id, viewer)
            .map(view -> withParticipants(List.of(view), Integer.MAX_VALUE, sql).get(0)));
  }

  @Override
  public List<ConversationView> listBefore(
      UserId viewer, Optional<ActivityMark> before, int limit, int listed) {
    long at = before.map(mark -> mark.at().toEpochMilli()).orElse(Long.MAX_VALUE);
    long id = before.map(mark -> mark.id().value()).orElse(Long.MAX_VALUE);
    return readers.read(
        sql -> withParticipants(sql.listBefore(viewer, at, id, limit), listed, sql));
  }

  @Override
  public List<ConversationView> listAfter(
      UserId viewer, ActivityMark after, int limit, int listed) {
    long at = after.at().toEpochMilli();
    long id = after.id().value();
    return readers.read(sql -> withParticipants(sql.listAfter(viewer, at, id, limit), listed, sql));
  }

  private static List<ConversationView> withParticipants(
      List<ConversationView> views, int listed, ReadingSql sql) {
    List<ConversationId> small =
        views.stream()
            .filter(view -> view.participantCount() <= listed)
            .map(ConversationView::id)
            .toList();
    if (small.isEmpty()) {
      return views;
    }
    Map<ConversationId, List<ParticipantView>> participants =
        sql.participants(small).stream()
            .collect(
                Collectors.groupingBy(
                    ListedParticipant::conversation,
                    Collectors.mapping(ListedParticipant::view, Collectors.toList())));
    return views.stream()
        .map(view ->
            view.participantCount() <= listed
                ? view.with(Optional.of(participants.getOrDefault(view.id(), List.of())))
                : view)
        .toList();
  }

  @Override
  public List<Standing> standings(UserId user) {
    return readers.read(ConversationSql.class, sql -> sql.standings(user));
  }

  @Override
  public Map<UserId, Long> fingerprints(Collection<UserId> users) {
    List<UserId> all = new ArrayList<>(users);
    Map<UserId, Long> fingerprints = new HashMap<>();
    for (int from = 0; from < all.size(); from += IDS) {
      List<UserId> part = all.subList(from, Math.min(all.size(), from + IDS));
      readers
          .read(ConversationSql.class, sql -> sql.fingerprints(part))
          .forEach(found -> fingerprints.put(found.user(), found.value()));
    }
    return fingerprints;
  }

  @Override
  public int forgetStartedBefore(Instant instant, int limit) {
    return writer.call(
        Locks.none(), tables -> tables.conversations().forgetStartedBefore(instant, limit));
  }

  @Override
  public Swept sweepClosedAccounts(int limit) {
    return closedAccounts.sweep(limit);
  }

  @Override
  public boolean sweepEnded(int limit) {
    return endedConversations.sweep(limit);
  }
}
