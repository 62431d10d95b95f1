package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.testkit.contract.AccountFixtures.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.credential.AttemptStore;
import org.securechat.domain.credential.Settlement;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;

/** What every {@link AttemptStore} does; implement it in a test class of the adapter. */
public interface AttemptStoreContract extends StoresContract {
  Duration BLOCK = Duration.ofMinutes(15);
  AttemptRule THREE_IN_A_ROW = AttemptRule.inARow(3, BLOCK);
  AttemptRule TWO_AN_HOUR = AttemptRule.within(2, Duration.ofHours(1), BLOCK);
  AttemptCounter ACCOUNT = new AttemptCounter(AttemptCounter.Kind.ACCOUNT_SIGNED, "1");
  AttemptCounter ADDRESS = new AttemptCounter(AttemptCounter.Kind.ADDRESS, "192.0.2.1");

  private AttemptStore attempts() {
    return stores().attempts();
  }

  private Optional<Instant> charge(Instant now) {
    return attempts().charge(ACCOUNT, THREE_IN_A_ROW, now);
  }

  @Test
  default void charge_beyondTheLimit_isBlockedUncharged() {
    Instant unblocked = NOON.plus(BLOCK);

    assertEquals(Optional.empty(), charge(NOON));
    assertEquals(Optional.empty(), charge(NOON));
    assertEquals(Optional.empty(), charge(NOON));
    assertEquals(Optional.of(unblocked), charge(NOON));
    assertEquals(Optional.of(unblocked), charge(unblocked.minusMillis(1)));
    assertEquals(Optional.empty(), charge(unblocked));
    assertEquals(Optional.empty(), charge(unblocked));
    assertEquals(Optional.empty(), charge(unblocked));
    assertEquals(Optional.of(unblocked.plus(BLOCK)), charge(unblocked));
  }

  @Test
  default void charge_windowOver_startsAnew() {
    attempts().charge(ADDRESS, TWO_AN_HOUR, NOON);
    Instant anHourLater = NOON.plus(Duration.ofHours(1));

    assertEquals(Optional.empty(), attempts().charge(ADDRESS, TWO_AN_HOUR, anHourLater));
    assertEquals(Optional.empty(), attempts().charge(ADDRESS, TWO_AN_HOUR, anHourLater));
    assertEquals(
        Optional.of(anHourLater.plus(BLOCK)), attempts().charge(ADDRESS, TWO_AN_HOUR, anHourLater));
  }

  @Test
  default void charge_otherKindOrSubject_countsApart() {
    AttemptRule one = AttemptRule.inARow(1, BLOCK);
    attempts().charge(ACCOUNT, one, NOON);

    assertEquals(
        Optional.empty(),
        attempts().charge(new AttemptCounter(AttemptCounter.Kind.ACCOUNT_SIGNED, "2"), one, NOON));
    assertEquals(
        Optional.empty(),
        attempts().charge(new AttemptCounter(AttemptCounter.Kind.ADDRESS, "1"), one, NOON));
  }

  @Test
  default void charge_twoHundredAtOnce_letsTheLimitThrough() {
    AttemptRule five = AttemptRule.inARow(5, BLOCK);

    List<Outcome<Optional<Instant>>> outcomes =
        ConcurrentRuns.run(200, i -> attempts().charge(ACCOUNT, five, NOON));

    assertEquals(
        5,
        outcomes.stream().filter(o -> Optional.empty().equals(o.value())).count(),
        outcomes::toString);
    assertEquals(
        195,
        outcomes.stream().filter(o -> Optional.of(NOON.plus(BLOCK)).equals(o.value())).count(),
        outcomes::toString);
  }

  @Test
  default void settle_cleared_startsAnew() {
    for (int i = 0; i < 3; i++) {
      charge(NOON);
    }

    attempts().settle(new Settlement(List.of(ACCOUNT), List.of()));

    assertEquals(Optional.empty(), charge(NOON));
    assertEquals(Optional.empty(), charge(NOON));
    assertEquals(Optional.empty(), charge(NOON));
    assertEquals(Optional.of(NOON.plus(BLOCK)), charge(NOON));
  }

  @Test
  default void settle_refunded_takesOneChargeBackAndTheBlockWithIt() {
    for (int i = 0; i < 3; i++) {
      charge(NOON);
    }

    attempts()
        .settle(new Settlement(List.of(), List.of(new Settlement.Refund(ACCOUNT, THREE_IN_A_ROW))));

    assertEquals(Optional.empty(), charge(NOON));
    assertEquals(Optional.of(NOON.plus(BLOCK)), charge(NOON));
  }

  @Test
  default void settle_unknownCounter_changesNothing() {
    attempts()
        .settle(
            new Settlement(
                List.of(ADDRESS), List.of(new Settlement.Refund(ACCOUNT, THREE_IN_A_ROW))));

    assertEquals(Optional.empty(), charge(NOON));
  }

  @Test
  default void forgetBefore_oldCounts_keepsThoseThatBlock() {
    AttemptCounter other = new AttemptCounter(AttemptCounter.Kind.ADDRESS, "192.0.2.2");
    AttemptCounter third = new AttemptCounter(AttemptCounter.Kind.ADDRESS, "192.0.2.3");
    attempts().charge(ADDRESS, TWO_AN_HOUR, NOON);
    attempts().charge(ADDRESS, TWO_AN_HOUR, NOON);
    attempts().charge(other, TWO_AN_HOUR, NOON);
    attempts().charge(third, TWO_AN_HOUR, NOON);
    attempts().charge(ACCOUNT, THREE_IN_A_ROW, NOON);
    Instant later = NOON.plusSeconds(1);
    AttemptCounter.Kind kind = AttemptCounter.Kind.ADDRESS;

    assertEquals(0, attempts().forgetBefore(kind, NOON, later, 10));
    assertEquals(1, attempts().forgetBefore(kind, later, later, 1));
    assertEquals(1, attempts().forgetBefore(kind, later, later, 10));
    assertEquals(Optional.of(NOON.plus(BLOCK)), attempts().charge(ADDRESS, TWO_AN_HOUR, later));
    assertEquals(1, attempts().forgetBefore(kind, later, NOON.plus(BLOCK), 10));
  }
}
