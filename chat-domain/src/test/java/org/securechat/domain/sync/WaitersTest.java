package org.securechat.domain.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.event.Change;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.transcript.ConversationId;

class WaitersTest {
  private static final UserId ALICE = new UserId(1);
  private static final UserId BOB = new UserId(2);
  private static final ConversationId ROOM = new ConversationId(7);
  private static final Duration AT_ONCE = Duration.ofNanos(1);

  private final Waiters waiters = new Waiters(new SyncSettings(2, 3));

  private static boolean isWoken(Waiter waiter) {
    return !waiter.await(AT_ONCE).isZero();
  }

  @Test
  void begin_atTheUsersBound_givesNobodyUp() {
    Waiter first = waiters.begin(ALICE);
    Waiter second = waiters.begin(ALICE);

    assertTrue(first.await(AT_ONCE).isZero());
    assertTrue(second.await(AT_ONCE).isZero());
  }

  @Test
  void begin_oneTooManyOfAUser_givesUpTheOldestOfThatUser() {
    Waiter other = waiters.begin(BOB);
    Waiter first = waiters.begin(ALICE);
    Waiter second = waiters.begin(ALICE);
    other.await(AT_ONCE);
    waiters.end(other);

    waiters.begin(ALICE);

    RejectedException e = assertThrows(RejectedException.class, () -> first.await(AT_ONCE));
    assertEquals(Rejection.RATE_LIMITED, e.reason());
    assertTrue(second.await(AT_ONCE).isZero());
  }

  @Test
  void begin_oneTooManyInAll_isUnavailableAndCountsNotAtAll() {
    waiters.begin(ALICE);
    waiters.begin(ALICE);
    Waiter last = waiters.begin(BOB);

    assertThrows(UnavailableException.class, () -> waiters.begin(new UserId(3)));
    assertEquals(3, waiters.count());
    waiters.end(last);
    waiters.begin(new UserId(3));
  }

  @Test
  void end_ofAllWaiters_leavesNothingBehind() {
    Waiter given = waiters.begin(ALICE);
    Waiter second = waiters.begin(ALICE);
    waiters.follow(given, List.of(ROOM));
    waiters.follow(second, List.of(ROOM));
    Waiter third = waiters.begin(ALICE);

    List.of(given, second, third).forEach(waiters::end);

    assertEquals(0, waiters.count());
    assertEquals(Set.of(), waiters.users());
    waiters.accept(new Change.Appended(ROOM));
    assertTrue(second.await(AT_ONCE).isZero());
  }

  @Test
  void accept_change_wakesThoseWhoFollowItsConversation() {
    Waiter follower = waiters.begin(ALICE);
    Waiter other = waiters.begin(BOB);
    waiters.follow(follower, List.of(ROOM));
    waiters.follow(other, List.of(new ConversationId(8)));

    waiters.accept(new Change.Appended(ROOM));

    assertTrue(isWoken(follower));
    assertTrue(other.await(AT_ONCE).isZero());
  }

  @Test
  void tell_moreMarksThanAreKept_losesTheRest() {
    Waiter follower = waiters.begin(ALICE);
    waiters.follow(follower, List.of(ROOM));

    for (int mark = 1; mark <= Waiter.MAX_READS + 1; mark++) {
      waiters.accept(new Change.Read(ROOM, BOB, mark));
    }

    assertTrue(isWoken(follower));
    assertEquals(Waiter.MAX_READS, follower.takeReads().size());
    assertEquals(List.of(), follower.takeReads());
  }
}
