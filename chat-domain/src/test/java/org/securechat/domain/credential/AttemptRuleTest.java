package org.securechat.domain.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptRuleTest {
  private static final Instant NOON = Instant.parse("2026-01-19T12:00:00Z");
  private static final Duration BLOCK = Duration.ofMinutes(15);
  private static final Duration HOUR = Duration.ofHours(1);

  private static AttemptCount count(int attempts, Instant blockedUntil) {
    return new AttemptCount(attempts, NOON, Optional.of(blockedUntil));
  }

  private static AttemptCount count(int attempts) {
    return new AttemptCount(attempts, NOON, Optional.empty());
  }

  @Test
  void charge_inARow_blocksAtEveryMultiple() {
    AttemptRule rule = AttemptRule.inARow(5, BLOCK);
    Instant later = NOON.plus(Duration.ofDays(400));

    assertEquals(count(1), rule.charge(Optional.empty(), NOON));
    assertEquals(count(4), rule.charge(Optional.of(count(3)), later));
    assertEquals(count(5, later.plus(BLOCK)), rule.charge(Optional.of(count(4)), later));
    assertEquals(count(6), rule.charge(Optional.of(count(5, later)), later));
    assertEquals(count(10, later.plus(BLOCK)), rule.charge(Optional.of(count(9)), later));
  }

  @Test
  void charge_within_startsAnewAfterWindowOrBlock() {
    AttemptRule rule = AttemptRule.within(2, HOUR, BLOCK);
    Instant inTheWindow = NOON.plus(HOUR).minusMillis(1);
    Instant afterIt = NOON.plus(HOUR);

    assertEquals(
        count(2, inTheWindow.plus(BLOCK)), rule.charge(Optional.of(count(1)), inTheWindow));
    assertEquals(
        new AttemptCount(1, afterIt, Optional.empty()),
        rule.charge(Optional.of(count(1)), afterIt));
    assertEquals(
        new AttemptCount(1, inTheWindow, Optional.empty()),
        rule.charge(Optional.of(count(2, inTheWindow)), inTheWindow));
  }

  @Test
  void charge_closing_blocksForLongFromItsLimitOn() {
    Duration closed = Duration.ofDays(36_500);
    AttemptRule rule = AttemptRule.inARow(5, BLOCK).closingAfter(100, closed);

    assertEquals(count(95, NOON.plus(BLOCK)), rule.charge(Optional.of(count(94)), NOON));
    assertEquals(count(99), rule.charge(Optional.of(count(98)), NOON));
    assertEquals(count(100, NOON.plus(closed)), rule.charge(Optional.of(count(99)), NOON));
    assertEquals(count(101, NOON.plus(closed)), rule.charge(Optional.of(count(100, NOON)), NOON));
  }

  @Test
  void charge_closingAtAnOddLimit_doesNotWaitForTheNextBlock() {
    Duration closed = Duration.ofDays(7);
    AttemptRule rule = AttemptRule.inARow(5, BLOCK).closingAfter(7, closed);

    assertEquals(count(6), rule.charge(Optional.of(count(5, NOON)), NOON));
    assertEquals(count(7, NOON.plus(closed)), rule.charge(Optional.of(count(6)), NOON));
  }

  @Test
  void refund_chargeThatClosed_opensAgain() {
    AttemptRule rule = AttemptRule.inARow(5, BLOCK).closingAfter(100, Duration.ofDays(7));

    assertEquals(count(99), rule.refund(count(100, NOON)));
  }

  @Test
  void charge_quota_blocksUntilTheWindowEnds() {
    AttemptRule rule = AttemptRule.quota(2, HOUR);

    assertEquals(
        count(2, NOON.plus(HOUR)), rule.charge(Optional.of(count(1)), NOON.plusSeconds(9)));
  }

  @Test
  void refund_chargeThatBlocked_liftsTheBlock() {
    assertEquals(count(4), AttemptRule.inARow(5, BLOCK).refund(count(5, NOON)));
    assertEquals(count(1), AttemptRule.within(2, HOUR, BLOCK).refund(count(2, NOON)));
    assertEquals(count(0), AttemptRule.within(2, HOUR, BLOCK).refund(count(0)));
  }

  @Test
  void blocks_untilTheInstant_andNotAtIt() {
    assertTrue(count(5, NOON).blocks(NOON.minusMillis(1)));
    assertFalse(count(5, NOON).blocks(NOON));
    assertFalse(count(5).blocks(NOON));
  }

  @Test
  void rule_withoutBlockOrWindow_isNone() {
    assertThrows(IllegalArgumentException.class, () -> new AttemptRule(1, null, null, null));
    assertThrows(IllegalArgumentException.class, () -> AttemptRule.inARow(0, BLOCK));
  }
}
