package org.securechat.http.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.UserId;
import org.securechat.http.answer.Problem;
import org.securechat.http.answer.ProblemException;
import org.securechat.testkit.TestClock;

class RequestLimitTest {
  private static final UserId ALICE = new UserId(1);
  private static final UserId BOB = new UserId(2);

  private final TestClock clock = TestClock.atNoon();

  private static void charge(RequestLimit limit, UserId user, int times) {
    for (int i = 0; i < times; i++) {
      limit.charge(user);
    }
  }

  private static Problem refusal(RequestLimit limit, UserId user) {
    return assertThrows(ProblemException.class, () -> limit.charge(user)).problem();
  }

  @Test
  void charge_burstAndOneMore_refusesTheLast() {
    RequestLimit limit =
        new RequestLimit(RequestLimit.DEFAULT_BURST, RequestLimit.DEFAULT_PER_SECOND, clock);

    charge(limit, ALICE, 300);
    Problem refused = refusal(limit, ALICE);

    assertEquals("429 rate_limited", refused.status() + " " + refused.code());
    assertEquals(Optional.of(Duration.ofMillis(10)), refused.retryAfter());
    assertEquals("1", refused.toResponse().getHeaderString("Retry-After"));
    assertEquals(1, limit.refused());
  }

  @Test
  void charge_aSecondLater_letsThatManyThrough() {
    RequestLimit limit = new RequestLimit(300, 100, clock);
    charge(limit, ALICE, 300);

    clock.advance(Duration.ofSeconds(1));
    charge(limit, ALICE, 100);

    refusal(limit, ALICE);
  }

  @Test
  void charge_longSilence_givesNoMoreThanTheBurst() {
    RequestLimit limit = new RequestLimit(3, 1, clock);
    charge(limit, ALICE, 3);

    clock.advance(Duration.ofHours(1));
    charge(limit, ALICE, 3);

    refusal(limit, ALICE);
  }

  @Test
  void charge_anotherUser_hasACountOfItsOwn() {
    RequestLimit limit = new RequestLimit(1, 1, clock);
    charge(limit, ALICE, 1);

    charge(limit, BOB, 1);

    refusal(limit, ALICE);
    refusal(limit, BOB);
  }

  @Test
  void charge_clockSetBack_isFilledAgainAllTheSame() {
    RequestLimit limit = new RequestLimit(2, 2, clock);
    charge(limit, ALICE, 2);

    clock.advance(Duration.ofHours(-1));
    refusal(limit, ALICE);
    clock.advance(Duration.ofSeconds(1));

    charge(limit, ALICE, 2);
    refusal(limit, ALICE);
  }

  @Test
  void charge_moreUsersThanThereIsRoomFor_forgetsSomeAndLetsThemThrough() {
    int room = 100;
    RequestLimit limit = new RequestLimit(1, 1, clock, room);

    for (int id = 1; id <= 10 * room; id++) {
      limit.charge(new UserId(id));
    }

    assertTrue(limit.users() <= room, () -> limit.users() + " users");
    assertEquals(0, limit.refused());
  }
}
