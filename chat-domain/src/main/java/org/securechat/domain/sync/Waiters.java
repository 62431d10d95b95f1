package org.securechat.domain.sync;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.event.Change;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.transcript.ConversationId;

/**
 * Who waits for what: a change wakes those who follow its conversation and those whom it takes in
 * or out, and nobody else. Safe for use by many threads.
 */
final class Waiters {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final SyncSettings settings;
  private final Map<UserId, Set<Waiter>> byUser = new ConcurrentHashMap<>();
  private final Map<ConversationId, Set<Waiter>> byConversation = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  Waiters(SyncSettings settings) {
    this.settings = settings;
  }

  /**
   * Begins to wait for what happens to a user.
   *
   * @throws RejectedException with RATE_LIMITED if too many wait for this user
   * @throws UnavailableException if too many wait in all
   */
  Waiter begin(UserId user) {
    if (count.incrementAndGet() > settings.waiters()) {
      count.decrementAndGet();
      throw new UnavailableException("too many wait for events", RETRY_AFTER, null);
    }
    Waiter waiter = new Waiter(user);
    boolean[] full = {false};
    byUser.compute(
        user,
        (key, waiters) -> {
          Set<Waiter> all = waiters == null ? ConcurrentHashMap.newKeySet() : waiters;
          full[0] = all.size() >= settings.waitersPerUser();
          if (!full[0]) {
            all.add(waiter);
          }
          return all;
        });
    if (full[0]) {
      count.decrementAndGet();
      throw RejectedException.rateLimited(RETRY_AFTER);
    }
    return waiter;
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
    remove(byUser, waiter.user(), waiter);
    waiter.followed().forEach(conversation -> remove(byConversation, conversation, waiter));
    count.decrementAndGet();
  }

  private static <K> void remove(Map<K, Set<Waiter>> map, K key, Waiter waiter) {
    map.computeIfPresent(
        key,
        (same, waiters) -> {
          waiters.remove(waiter);
          return waiters.isEmpty() ? null : waiters;
        });
  }

  /** Users for whom somebody waits. */
  Set<UserId> users() {
    return Set.copyOf(byUser.keySet());
  }

  /** Wakes whoever waits for a user. */
  void wake(UserId user) {
    byUser.getOrDefault(user, Set.of()).forEach(Waiter::wake);
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
