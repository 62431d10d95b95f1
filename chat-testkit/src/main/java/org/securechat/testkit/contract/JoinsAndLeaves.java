package org.securechat.testkit.contract;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.securechat.domain.conversation.ActivityMark;
import org.securechat.domain.conversation.ChangeQuery;
import org.securechat.domain.conversation.Circumstances;
import org.securechat.domain.conversation.ConversationChange;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.conversation.ConversationView;
import org.securechat.domain.conversation.NewConversation;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.Standing;
import org.securechat.domain.conversation.StartCircumstances;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.transcript.ConversationId;

/**
 * Passes everything on to a store, and writes down after which entry somebody joined or left: the
 * log itself does not tell. It is the last entry that the decision was shown, for that must not
 * have changed until the change was written.
 */
final class JoinsAndLeaves implements ConversationStore {
  private final ConversationStore store;
  private final List<Move> moves = new CopyOnWriteArrayList<>();

  JoinsAndLeaves(ConversationStore store) {
    this.store = store;
  }

  /**
   * Somebody's coming or going.
   *
   * @param after the last entry before it
   */
  record Move(UserId user, boolean joins, long after) {}

  List<Move> moves() {
    return List.copyOf(moves);
  }

  @Override
  public Optional<ConversationChange> change(
      ConversationId id,
      ChangeQuery query,
      Function<Circumstances, ConversationChange> decision,
      Actor actor,
      Once once) {
    AtomicLong last = new AtomicLong();
    Optional<ConversationChange> change =
        store.change(
            id,
            query,
            circumstances -> {
              last.set(circumstances.head().tip().last());
              return decision.apply(circumstances);
            },
            actor,
            once);
    change
        .filter(each -> each.epoch().isEmpty())
        .ifPresent(each -> {
          each.removed().forEach(user -> moves.add(new Move(user, false, last.get())));
          each.put().forEach(put -> moves.add(new Move(put.user(), true, last.get())));
        });
    return change;
  }

  @Override
  public void create(
      NewConversation conversation, Consumer<StartCircumstances> rules, Actor actor, Once once) {
    store.create(conversation, rules, actor, once);
  }

  @Override
  public Optional<Participant> participant(ConversationId id, UserId user) {
    return store.participant(id, user);
  }

  @Override
  public Optional<ConversationView> view(ConversationId id, UserId viewer) {
    return store.view(id, viewer);
  }

  @Override
  public List<ConversationView> listBefore(
      UserId viewer, Optional<ActivityMark> before, int limit, int listed) {
    return store.listBefore(viewer, before, limit, listed);
  }

  @Override
  public List<ConversationView> listAfter(
      UserId viewer, ActivityMark after, int limit, int listed) {
    return store.listAfter(viewer, after, limit, listed);
  }

  @Override
  public List<Standing> standings(UserId user) {
    return store.standings(user);
  }

  @Override
  public Map<UserId, Long> fingerprints(Collection<UserId> users) {
    return store.fingerprints(users);
  }

  @Override
  public int forgetStartedBefore(Instant instant, int limit) {
    return store.forgetStartedBefore(instant, limit);
  }

  @Override
  public Swept sweepClosedAccounts(int limit) {
    return store.sweepClosedAccounts(limit);
  }

  @Override
  public boolean sweepEnded(int limit) {
    return store.sweepEnded(limit);
  }
}
