package org.securechat.domain.sync;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.conversation.ConversationStore;
import org.securechat.domain.conversation.Participant;
import org.securechat.domain.conversation.Standing;
import org.securechat.domain.event.Change;
import org.securechat.domain.event.EventBus;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.session.Caller;
import org.securechat.domain.timeline.MessageStore;
import org.securechat.domain.timeline.Page;
import org.securechat.domain.timeline.PageRange;
import org.securechat.domain.timeline.ReadTimeline;
import org.securechat.domain.transcript.ConversationId;

/**
 * Use case: a client asks for what it has missed, and waits if there is nothing. What it is told
 * comes from the stores; the events only say when to look. Safe for use by many threads.
 */
public final class Sync {
  /** Events of one answer. */
  public static final int MAX_EVENTS = 500;

  /** The longest wait. */
  public static final Duration MAX_WAIT = Duration.ofSeconds(30);

  /** Ciphertexts and statements of one answer; its first entry comes in any case. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final int PAGE = 100;

  private final ConversationStore conversations;
  private final MessageStore messages;
  private final Consumer<Caller> stillSignedIn;
  private final Waiters waiters;
  private final Clock clock;
  private final Map<UserId, Long> fingerprints = new ConcurrentHashMap<>();
  private volatile boolean ended;

  /**
   * Made once for all who ask.
   *
   * @param stillSignedIn throws if the caller's session has ended since it was authenticated
   */
  public Sync(
      ConversationStore conversations,
      MessageStore messages,
      Consumer<Caller> stillSignedIn,
      EventBus events,
      SyncSettings settings,
      Clock clock) {
    this.conversations = conversations;
    this.messages = messages;
    this.stillSignedIn = stillSignedIn;
    this.waiters = new Waiters(settings);
    this.clock = clock;
    events.subscribe(waiters::accept);
  }

  /**
   * Tells what a client does not know yet; waits for it if there is nothing.
   *
   * @param after for each conversation that the client knows the last entry it has, 0 for none
   * @param wait at most {@link #MAX_WAIT}
   * @return nothing if nothing has happened in time
   * @throws RejectedException with RATE_LIMITED if so many waited for the caller that this wait,
   *     the oldest of them, was given up for a new one; as {@code stillSignedIn} throws if there is
   *     something to tell by then
   * @throws UnavailableException if too many wait in all
   */
  public SyncAnswer sync(Caller caller, Map<ConversationId, Long> after, Duration wait) {
    UserId user = caller.session().user();
    Map<ConversationId, Long> versions = new HashMap<>();
    Gathering known = look(user, after, List.of(), versions);
    if (!known.isEmpty() || wait.isZero()) {
      return known.end();
    }
    Waiter waiter = waiters.begin(user);
    try {
      Duration left = wait;
      while (true) {
        Gathering gathering = lookFollowing(waiter, after, versions);
        if (!gathering.isEmpty()) {
          stillSignedIn.accept(caller);
          return gathering.end();
        }
        if (left.isZero() || ended) {
          return gathering.end();
        }
        left = waiter.await(left);
      }
    } finally {
      waiters.end(waiter);
    }
  }

  /** Whatever happens after the conversations are followed wakes the waiter. */
  private Gathering lookFollowing(
      Waiter waiter, Map<ConversationId, Long> after, Map<ConversationId, Long> versions) {
    waiters.follow(waiter, versions.keySet());
    Gathering gathering;
    do {
      gathering = look(waiter.user(), after, waiter.takeReads(), versions);
    } while (gathering.isEmpty() && waiters.follow(waiter, versions.keySet()));
    return gathering;
  }

  private Gathering look(
      UserId user,
      Map<ConversationId, Long> after,
      List<Change.Read> reads,
      Map<ConversationId, Long> versions) {
    List<Standing> standings = conversations.standings(user);
    Map<ConversationId, Participant> present =
        standings.stream().collect(Collectors.toMap(Standing::conversation, Standing::own));
    Gathering gathering = new Gathering(MAX_BYTES);
    after.keySet().stream()
        .filter(Predicate.not(present::containsKey))
        .sorted(Comparator.comparingLong(ConversationId::value))
        .forEach(named -> gathering.add(new SyncEvent.Removed(named)));
    for (Standing standing : standings) {
      addNews(standing, Optional.ofNullable(after.get(standing.conversation())), user, gathering);
      addShape(
          standing, versions.put(standing.conversation(), standing.version()), user, gathering);
      if (gathering.isFull()) {
        return gathering;
      }
    }
    addReads(reads, present, gathering);
    return gathering;
  }

  private void addNews(Standing standing, Optional<Long> named, UserId user, Gathering gathering) {
    ConversationId conversation = standing.conversation();
    long had = named.orElse(0L);
    boolean addedAgain = had > 0 && had <= standing.own().window().after();
    if (addedAgain) {
      gathering.add(new SyncEvent.Removed(conversation));
    }
    if (named.isEmpty() || addedAgain) {
      addConversation(conversation, user, gathering);
    }
    if (standing.own().hasJoined()) {
      addEntries(standing, addedAgain ? 0 : had, gathering);
    }
  }

  private void addEntries(Standing standing, long after, Gathering gathering) {
    long last = Math.max(after, standing.own().window().after());
    while (last < standing.last() && gathering.makesRoom()) {
      Page page =
          ReadTimeline.show(
              messages.page(
                  standing.conversation(),
                  PageRange.between(last, standing.last(), standing.own().window()),
                  Math.min(PAGE, gathering.room()),
                  gathering.bytesLeft()),
              standing.own().window(),
              clock.instant());
      if (page.entries().isEmpty()) {
        return;
      }
      page.entries().forEach(entry -> gathering.add(new SyncEvent.Appended(entry)));
      last = page.entries().get(page.entries().size() - 1).place().id();
    }
  }

  /** Tells of a change that shows in no entry, such as that somebody has joined. */
  private void addShape(
      Standing standing, @Nullable Long versionBefore, UserId user, Gathering gathering) {
    if (versionBefore != null && versionBefore != standing.version()) {
      addConversation(standing.conversation(), user, gathering);
    }
  }

  /** Gone meanwhile: then the next look tells of that. */
  private void addConversation(ConversationId conversation, UserId user, Gathering gathering) {
    conversations
        .view(conversation, user)
        .ifPresent(view -> gathering.add(new SyncEvent.Shaped(view.listed())));
  }

  private static void addReads(
      List<Change.Read> reads, Map<ConversationId, Participant> present, Gathering gathering) {
    for (Change.Read read : reads) {
      Participant own = present.get(read.conversation());
      if (own != null && own.hasJoined()) {
        gathering.add(new SyncEvent.Read(read.conversation(), read.user(), read.upTo()));
      }
    }
  }

  /** How many wait now. */
  public int waiting() {
    return waiters.count();
  }

  /**
   * Lets nobody wait any more, so that a server can stop: who waits is told that there is nothing.
   */
  public void endWaits() {
    ended = true;
    waiters.users().forEach(waiters::wake);
  }

  /**
   * Wakes those for whom another process has changed something; to be called about twice a second
   * where several processes share the stores and no bus connects them. One question to the store
   * for everybody who waits.
   */
  public void poll() {
    Set<UserId> users = waiters.users();
    fingerprints.keySet().retainAll(users);
    if (users.isEmpty()) {
      return;
    }
    Map<UserId, Long> now = conversations.fingerprints(users);
    for (UserId user : users) {
      // Whoever has just come may have looked before this, so they look once more.
      long fingerprint = now.getOrDefault(user, 0L);
      Long before = fingerprints.put(user, fingerprint);
      if (before == null || before != fingerprint) {
        waiters.wake(user);
      }
    }
  }
}
