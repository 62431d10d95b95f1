package org.securechat.testkit.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.securechat.domain.account.Account;
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
import org.securechat.domain.conversation.Standing;
import org.securechat.domain.conversation.StartCircumstances;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.transcript.ConversationId;

/** Conversations on the heap. */
final class InMemoryConversationStore implements ConversationStore {
  private static final Comparator<MemoryConversation> BY_ACTIVITY =
      Comparator.comparing(InMemoryConversationStore::activity);

  private final MemoryTables tables;
  private final ClosedAccounts closedAccounts;
  private final EndedConversations endedConversations;

  InMemoryConversationStore(MemoryTables tables) {
    this.tables = tables;
    this.closedAccounts = new ClosedAccounts(tables);
    this.endedConversations = new EndedConversations(tables);
  }

  private static ActivityMark activity(MemoryConversation conversation) {
    return new ActivityMark(conversation.tip().at(), conversation.id);
  }

  @Override
  public void create(
      NewConversation conversation, Consumer<StartCircumstances> rules, Actor actor, Once once) {
    synchronized (tables) {
      tables.requireUnspentAndLive(once, actor);
      rules.accept(circumstances(conversation, actor.user()));
      if (tables.conversations.containsKey(conversation.id())) {
        throw new IllegalStateException("The id is another conversation's");
      }
      tables.used.add(once);
      tables.conversations.put(conversation.id(), new MemoryConversation(conversation));
      tables
          .started
          .computeIfAbsent(actor.user(), user -> new ArrayList<>())
          .add(conversation.createdAt());
    }
  }

  private StartCircumstances circumstances(NewConversation conversation, UserId actor) {
    List<Instant> started =
        tables.started.getOrDefault(actor, List.of()).stream()
            .filter(at -> !at.isBefore(conversation.startedSince()))
            .sorted()
            .toList();
    Set<UserId> users =
        conversation.change().put().stream().map(Participant::user).collect(Collectors.toSet());
    return new StartCircumstances(
        tables.conversations.values().stream()
            .anyMatch(each -> each.group.equals(conversation.group())),
        started.size(),
        started.stream().findFirst(),
        newcomers(users, actor));
  }

  private Newcomers newcomers(Set<UserId> users, UserId actor) {
    Map<UserId, Newcomer> accounts = new HashMap<>();
    for (UserId user : users) {
      Optional<Account> account = tables.find(user);
      account.ifPresent(found ->
          accounts.put(
              user,
              new Newcomer(
                  found.profile().username(),
                  found.profile().identityKey(),
                  tables.blocks.getOrDefault(user, Map.of()).containsKey(actor))));
    }
    long pending =
        tables.conversations.values().stream()
            .flatMap(conversation -> conversation.participants.values().stream())
            .filter(
                participant -> !participant.hasJoined() && participant.invitedBy().equals(actor))
            .count();
    return new Newcomers(accounts, Math.toIntExact(pending));
  }

  @Override
  public Optional<ConversationChange> change(
      ConversationId id,
      ChangeQuery query,
      Function<Circumstances, ConversationChange> decision,
      Actor actor,
      Once once) {
    synchronized (tables) {
      tables.requireUnspentAndLive(once, actor);
      Optional<MemoryConversation> found = tables.find(id);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      MemoryConversation conversation = found.get();
      Set<UserId> users = new HashSet<>(query.users());
      users.removeIf(user -> conversation.participant(user).isPresent());
      ConversationChange change =
          decision.apply(
              new Circumstances(
                  conversation.head(),
                  conversation.hashAt(query.seen()),
                  newcomers(users, actor.user())));
      tables.used.add(once);
      conversation.apply(change);
      return Optional.of(change);
    }
  }

  @Override
  public Optional<Participant> participant(ConversationId id, UserId user) {
    synchronized (tables) {
      return tables.find(id).flatMap(conversation -> conversation.participant(user));
    }
  }

  @Override
  public Optional<ConversationView> view(ConversationId id, UserId viewer) {
    synchronized (tables) {
      return tables
          .find(id)
          .flatMap(conversation ->
              conversation.participant(viewer).map(own -> conversation.view(own, true, tables)));
    }
  }

  @Override
  public List<ConversationView> listBefore(
      UserId viewer, Optional<ActivityMark> before, int limit, int listed) {
    return list(
        viewer,
        mark -> before.filter(bound -> mark.compareTo(bound) >= 0).isEmpty(),
        BY_ACTIVITY.reversed(),
        limit,
        listed);
  }

  @Override
  public List<ConversationView> listAfter(
      UserId viewer, ActivityMark after, int limit, int listed) {
    return list(viewer, mark -> mark.compareTo(after) > 0, BY_ACTIVITY, limit, listed);
  }

  private List<ConversationView> list(
      UserId viewer,
      Predicate<ActivityMark> range,
      Comparator<MemoryConversation> order,
      int limit,
      int listed) {
    synchronized (tables) {
      return of(viewer)
          .filter(conversation -> range.test(activity(conversation)))
          .sorted(order)
          .limit(limit)
          .map(conversation ->
              conversation.view(
                  conversation.participant(viewer).orElseThrow(),
                  conversation.participants.size() <= listed,
                  tables))
          .toList();
    }
  }

  /** The conversations that somebody is in. */
  private Stream<MemoryConversation> of(UserId user) {
    return tables.conversations.values().stream()
        .filter(conversation -> conversation.participant(user).isPresent());
  }

  @Override
  public List<Standing> standings(UserId user) {
    synchronized (tables) {
      return of(user)
          .map(conversation ->
              new Standing(
                  conversation.id,
                  conversation.participant(user).orElseThrow(),
                  conversation.tip().last(),
                  conversation.version()))
          .sorted(Comparator.comparingLong(standing -> standing.conversation().value()))
          .toList();
    }
  }

  @Override
  public Map<UserId, Long> fingerprints(Collection<UserId> users) {
    synchronized (tables) {
      Map<UserId, Long> fingerprints = new HashMap<>();
      for (UserId user : users) {
        List<Standing> standings = standings(user);
        if (!standings.isEmpty()) {
          fingerprints.put(user, fingerprint(standings));
        }
      }
      return fingerprints;
    }
  }

  private static long fingerprint(List<Standing> standings) {
    long fingerprint = standings.size();
    for (Standing standing : standings) {
      fingerprint = fingerprint * 31 + standing.conversation().value();
      fingerprint = fingerprint * 31 + standing.last();
      fingerprint = fingerprint * 31 + standing.version();
    }
    return fingerprint;
  }

  @Override
  public int forgetStartedBefore(Instant instant, int limit) {
    synchronized (tables) {
      int forgotten = 0;
      for (List<Instant> started : tables.started.values()) {
        List<Instant> old =
            started.stream().filter(at -> at.isBefore(instant)).limit(limit - forgotten).toList();
        old.forEach(started::remove);
        forgotten += old.size();
      }
      return forgotten;
    }
  }

  @Override
  public Swept sweepClosedAccounts(int limit) {
    synchronized (tables) {
      return closedAccounts.sweep(limit);
    }
  }

  @Override
  public boolean sweepEnded(int limit) {
    synchronized (tables) {
      return endedConversations.sweep(limit);
    }
  }
}
