package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.actor;
import static org.securechat.testkit.contract.AccountFixtures.once;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.function.Executable;
import org.securechat.domain.ChatStores;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.testkit.ConcurrentRuns.Outcome;

/** What the contracts of several stores check in the same way. */
final class StoreChecks {
  private static final AttemptCounter COUNTER =
      new AttemptCounter(AttemptCounter.Kind.ADDRESS, "192.0.2.1");
  private static final AttemptRule TWO_IN_A_ROW = AttemptRule.inARow(2, Duration.ofMinutes(15));

  private StoreChecks() {}

  static void assertRejected(Rejection reason, Executable call) {
    assertEquals(reason, assertThrows(RejectedException.class, call).reason());
  }

  static RejectedException refusal(Rejection reason) {
    return RejectedException.of(reason);
  }

  /**
   * What a store gives to a decision, which refuses then.
   *
   * @param call calls the store with the decision that it is given
   */
  static <F, D> F given(Consumer<Function<F, D>> call) {
    List<F> given = new ArrayList<>();
    assertRejected(
        Rejection.FORBIDDEN,
        () ->
            call.accept(facts -> {
              given.add(facts);
              throw RejectedException.of(Rejection.FORBIDDEN);
            }));
    return given.get(given.size() - 1);
  }

  static <T> long count(List<Outcome<T>> outcomes, String outcome) {
    return outcomes.stream().filter(each -> each.toString().equals(outcome)).count();
  }

  /**
   * Checks that a change in the name of user 1 spends nothing in a session that is gone or
   * another's, and that a replay is told before that. Users 1 and 2 (bob) are registered.
   */
  static void assertWantsASession(ChatStores stores, BiConsumer<Actor, Once> change) {
    for (Actor stranger : List.of(actor(1, "gone"), actor(1, "first session of bob"))) {
      assertRejected(
          Rejection.NOT_AUTHENTICATED, () -> change.accept(stranger, once(1, "of a stranger")));
      assertFalse(stores.replays().seen(once(1, "of a stranger")));
      assertRejected(Rejection.REPLAYED_REQUEST, () -> change.accept(stranger, once(1, "confirm")));
    }
  }

  /** Charges attempts until they block; returns what ends that. */
  static Settlement chargeUntilBlocked(ChatStores stores) {
    stores.attempts().charge(COUNTER, TWO_IN_A_ROW, NOON);
    stores.attempts().charge(COUNTER, TWO_IN_A_ROW, NOON);
    return new Settlement(List.of(COUNTER), List.of());
  }

  /** Whether what {@link #chargeUntilBlocked} began is over. */
  static boolean isSettled(ChatStores stores) {
    return stores.attempts().charge(COUNTER, TWO_IN_A_ROW, NOON).isEmpty();
  }
}
