package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.hash;
import static org.securechat.testkit.contract.AccountFixtures.pending;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.request.Once;
import org.securechat.domain.request.ReplayMemory;
import org.securechat.testkit.TestUser;

/** What every {@link ReplayMemory} does; implement it in a test class of the adapter. */
public interface ReplayMemoryContract extends StoresContract {
  IdentityKey KEY = TestUser.named("alice").identityKey();

  private ReplayMemory replays() {
    return stores().replays();
  }

  private void spend(Once once) {
    stores()
        .registrations()
        .begin(pending(TestUser.named("alice").profile(), once.toString()), once);
  }

  private static Once signedAt(Instant instant) {
    return new Once(instant, KEY, hash("text"));
  }

  @Test
  default void seen_spentOnce_onlyThatVeryOne() {
    Once once = signedAt(NOON);
    IdentityKey other = TestUser.named("bob").identityKey();
    spend(once);

    assertTrue(replays().seen(once));
    assertFalse(replays().seen(signedAt(NOON.plusSeconds(1))));
    assertFalse(replays().seen(new Once(NOON, other, hash("text"))));
    assertFalse(replays().seen(new Once(NOON, KEY, hash("other"))));
  }

  @Test
  default void acceptedFrom_neverRestored_isTheEpoch() {
    spend(signedAt(NOON));

    assertEquals(Instant.EPOCH, replays().acceptedFrom());
  }

  @Test
  default void forgetBefore_oldRequests_forgetsUpToTheLimit() {
    for (int second = 0; second < 4; second++) {
      spend(signedAt(NOON.plusSeconds(second)));
    }

    assertEquals(0, replays().forgetBefore(NOON, 10));
    assertEquals(2, replays().forgetBefore(NOON.plusSeconds(3), 2));
    assertEquals(1, replays().forgetBefore(NOON.plusSeconds(3), 2));
    assertTrue(replays().seen(signedAt(NOON.plusSeconds(3))));
    assertFalse(replays().seen(signedAt(NOON)));
  }
}
