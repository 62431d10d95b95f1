package org.securechat.domain.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.event.Change;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.transcript.ConversationId;

/**
 * Who waits for what: a change wakes those who follow its conversation and those whom it takes in
 * or out, and nobody else. Safe for use by many threads.
 */
final class Waiters {
  static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final SyncSettings settings;
  private final Map<UserId, List<Waiter>> byUser = new ConcurrentHashMap<>();
  private final Map<ConversationId, Set<Waiter>> byConversation = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  Waiters(SyncSettings settings) {
    this.settings = settings;
  }

  /**
   * Begins to wait for what happens to a user. If too many wait for that user, the oldest of them
   * is given up: most likely its client went away, which shows only when it is answered.
   *
   * @throws UnavailableException if too many wait in all
   */
  Waiter begin(UserId user) {
    if (count.incrementAndGet() > settings.waiters()) {
      count.decrementAndGet();
      throw new UnavailableException("too many wait for events", RETRY_AFTER, null);
    }
    Waiter waiter = new Waiter(user);
    byUser.merge(user, List.of(waiter), (before, one) -> withoutOldest(before, waiter));
    return waiter;
  }

  private List<Waiter> withoutOldest(List<Waiter> before, Waiter newest) {
    int tooMany = Math.max(0, before.size() + 1 - settings.waitersPerUser());
    before.subList(0, tooMany).forEach(Waiter::giveUp);
    List<Waiter> all = new ArrayList<>(before.subList(tooMany, before.size()));
    all.add(newest);
    return List.copyOf(all);
  }

  /**
   * Begins to wait for what happens in conversations, too.
   *
   * @return whether any of them is new to the waiter, so that something may have happened in it
   *     unnoticed
   */
  boolean follow(Waiter waiter, Collection<ConversationId> conversations) {
    boolean anyNew = false;
    for (ConversationId conversation : conversations) {
      if (waiter.followed().add(conversation)) {
        anyNew = true;
        byConversation.compute(conversation, (key, waiters) -> with(waiter, waiters));
      }
    }
    return anyNew;
  }

  private static Set<Waiter> with(Waiter waiter, @Nullable Set<Waiter> waiters) {
    Set<Waiter> all = waiters == null ? ConcurrentHashMap.newKeySet() : waiters;
    all.add(waiter);
    return all;
  }

  /** Waits no more. */
  void end(Waiter waiter) {
    byUser.computeIfPresent(
        waiter.user(),
        (user, waiters) -> {
          List<Waiter> others =
              waiters.stream().filter(other -> other != waiter).collect(Collectors.toList());
          return others.isEmpty() ? null : List.copyOf(others);
        });
    for (ConversationId conversation : waiter.followed()) {
      byConversation.computeIfPresent(
          conversation,
          (key, waiters) -> {
            waiters.remove(waiter);
            return waiters.isEmpty() ? null : waiters;
          });
    }
    count.decrementAndGet();
  }

  /** How many wait, those included that were given up a moment ago. */
  int count() {
    return count.get();
  }

  /** Users for whom somebody waits. */
  Set<UserId> users() {
    return Set.copyOf(byUser.keySet());
  }

  /** Wakes whoever waits for a user. */
  void wake(UserId user) {
    byUser.getOrDefault(user, List.of()).forEach(Waiter::wake);
  }

  /** Wakes those whom a change concerns. */
  void accept(Change change) {
    Set<Waiter> followers = byConversation.getOrDefault(change.conversation(), Set.of());
    if (change instanceof Change.Read read) {
      followers.forEach(waiter -> waiter.tell(read));
      return;
    }
    followers.forEach(Waiter::wake);
    if (change instanceof Change.Reshaped reshaped) {
      reshaped.affected().forEach(this::wake);
    }
  }
}
