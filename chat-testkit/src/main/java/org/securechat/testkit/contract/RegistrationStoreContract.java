package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.hash;
import static org.securechat.testkit.contract.AccountFixtures.newAccount;
import static org.securechat.testkit.contract.AccountFixtures.once;
import static org.securechat.testkit.contract.AccountFixtures.pending;
import static org.securechat.testkit.contract.AccountFixtures.register;
import static org.securechat.testkit.contract.AccountFixtures.renamed;
import static org.securechat.testkit.contract.StoreChecks.assertRejected;
import static org.securechat.testkit.contract.StoreChecks.count;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.NewAccount;
import org.securechat.domain.account.PendingRegistration;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.RegistrationStore;
import org.securechat.domain.account.SignIn;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Caller;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestUser;

/** What every {@link RegistrationStore} does; implement it in a test class of the adapter. */
public interface RegistrationStoreContract extends StoresContract {
  private RegistrationStore registrations() {
    return stores().registrations();
  }

  @Test
  default void find_begunRegistration_returnsAllOfIt() {
    TestUser alice = TestUser.named("Alice");
    Profile plain = alice.profile();
    Profile full =
        new Profile(
            plain.username(),
            plain.email(),
            plain.identityKey(),
            plain.encryptionIv(),
            new KdfParameters(65_536, 3, 2),
            Optional.of(
                EncryptionKey.of(new byte[EncryptionKey.LENGTH], alice.sign(new byte[] {1}))));
    registrations().begin(pending(full, "t"), once(1, "r"));

    assertEquals(Optional.of(pending(full, "t")), registrations().find(hash("t")));
  }

  @Test
  default void find_unknownToken_isEmpty() {
    assertEquals(Optional.empty(), registrations().find(hash("unknown")));
  }

  @Test
  default void begin_spentOnce_isReplayed() {
    TestUser alice = TestUser.named("alice");
    registrations().begin(pending(alice.profile(), "first"), once(1, "r"));

    assertRejected(
        Rejection.REPLAYED_REQUEST,
        () -> registrations().begin(pending(alice.profile(), "second"), once(1, "r")));
    assertEquals(Optional.empty(), registrations().find(hash("second")));
  }

  @Test
  default void begin_nameThatOnlyWaits_isFree() {
    registrations().begin(pending(TestUser.named("alice").profile(), "first"), once(1, "r"));
    registrations().begin(pending(TestUser.named("alice").profile(), "second"), once(2, "r"));

    assertTrue(registrations().find(hash("first")).isPresent());
    assertTrue(registrations().find(hash("second")).isPresent());
  }

  @Test
  default void begin_takenNameInOtherCase_isRejectedAndSpendsNothing() {
    register(stores(), 1, TestUser.named("alice"));
    Profile shouting = renamed(TestUser.named("x"), "ALICE", "other@example.org");

    assertRejected(
        Rejection.USERNAME_TAKEN,
        () -> registrations().begin(pending(shouting, "t"), once(2, "r")));
    assertFalse(stores().replays().seen(once(2, "r")));
    assertEquals(Optional.empty(), registrations().find(hash("t")));
  }

  @Test
  default void begin_takenAddressInOtherCase_isRejected() {
    register(stores(), 1, TestUser.named("alice"));
    Profile shouting = renamed(TestUser.named("x"), "somebody", "Alice@Example.ORG");

    assertRejected(
        Rejection.EMAIL_TAKEN, () -> registrations().begin(pending(shouting, "t"), once(2, "r")));
  }

  @Test
  default void requireFree_takenInOtherCase_isRejected() {
    register(stores(), 1, TestUser.named("alice"));
    Profile name = renamed(TestUser.named("x"), "Alice", "other@example.org");
    Profile address = renamed(TestUser.named("x"), "other", "ALICE@example.org");
    Profile free = renamed(TestUser.named("x"), "other", "other@example.org");

    assertRejected(
        Rejection.USERNAME_TAKEN, () -> registrations().requireFree(name.username(), name.email()));
    assertRejected(
        Rejection.EMAIL_TAKEN,
        () -> registrations().requireFree(address.username(), address.email()));
    registrations().requireFree(free.username(), free.email());
  }

  @Test
  default void chargeAttempt_upToTheLimit_countsAndThenRefuses() {
    registrations().begin(pending(TestUser.named("alice").profile(), "t"), once(1, "r"));

    assertEquals(OptionalInt.of(1), registrations().chargeAttempt(hash("t"), 2));
    assertEquals(OptionalInt.of(2), registrations().chargeAttempt(hash("t"), 2));
    assertEquals(OptionalInt.empty(), registrations().chargeAttempt(hash("t"), 2));
    assertEquals(OptionalInt.empty(), registrations().chargeAttempt(hash("unknown"), 2));
  }

  @Test
  default void chargeAttempt_manyAtOnce_letsTheLimitThrough() {
    registrations().begin(pending(TestUser.named("alice").profile(), "t"), once(1, "r"));

    List<Outcome<OptionalInt>> outcomes =
        ConcurrentRuns.run(50, i -> registrations().chargeAttempt(hash("t"), 5));

    assertEquals(45, count(outcomes, OptionalInt.empty().toString()), outcomes::toString);
    for (int attempt = 1; attempt <= 5; attempt++) {
      assertEquals(1, count(outcomes, OptionalInt.of(attempt).toString()), outcomes::toString);
    }
  }

  @Test
  default void end_begunRegistration_isGone() {
    registrations().begin(pending(TestUser.named("alice").profile(), "t"), once(1, "r"));

    registrations().end(hash("t"));
    registrations().end(hash("t"));

    assertEquals(Optional.empty(), registrations().find(hash("t")));
  }

  @Test
  default void confirm_begunRegistration_makesAccountAndSession() {
    Profile profile = TestUser.named("alice").profile();
    registrations().begin(pending(profile, "t"), once(1, "r"));
    NewAccount created = newAccount(1, profile, "t");

    assertTrue(registrations().confirm(created, once(1, "c")));

    assertEquals(Optional.of(created.account()), stores().accounts().find(new UserId(1)));
    assertEquals(
        Optional.of(new Caller(created.session(), profile.identityKey())),
        stores().sessions().find(created.session().tokenHash()));
    assertEquals(Optional.empty(), registrations().find(hash("t")));
    assertTrue(stores().replays().seen(once(1, "c")));
  }

  @Test
  default void confirm_itsStep_isSpentForTheUser() {
    register(stores(), 1, TestUser.named("alice"));
    SignIn again =
        AccountFixtures.signIn(
            AccountFixtures.STEP,
            AccountFixtures.session(1, "s"),
            Optional.empty(),
            AccountFixtures.NOTHING_CHARGED);

    assertFalse(stores().accounts().signIn(again, once(1, "login")));
  }

  @Test
  default void confirm_chargedAttempts_settlesThem() {
    AttemptCounter address = new AttemptCounter(AttemptCounter.Kind.ADDRESS, "192.0.2.1");
    AttemptRule rule = AttemptRule.within(2, Duration.ofHours(1), Duration.ofMinutes(15));
    stores().attempts().charge(address, rule, NOON);
    stores().attempts().charge(address, rule, NOON);
    Profile profile = TestUser.named("alice").profile();
    registrations().begin(pending(profile, "t"), once(1, "r"));
    NewAccount plain = newAccount(1, profile, "t");
    Settlement refund = new Settlement(List.of(), List.of(new Settlement.Refund(address, rule)));
    NewAccount created =
        new NewAccount(
            plain.pending(),
            plain.account(),
            plain.recoveryCodeHashes(),
            plain.usedStep(),
            plain.session(),
            refund);

    registrations().confirm(created, once(1, "c"));

    assertEquals(Optional.empty(), stores().attempts().charge(address, rule, NOON));
  }

  @Test
  default void confirm_unknownRegistration_changesNothing() {
    Profile profile = TestUser.named("alice").profile();

    assertFalse(registrations().confirm(newAccount(1, profile, "unknown"), once(1, "c")));

    assertEquals(Optional.empty(), stores().accounts().find(new UserId(1)));
    assertFalse(stores().replays().seen(once(1, "c")));
  }

  @Test
  default void confirm_nameTakenMeanwhile_isRejectedAndKeepsTheRegistration() {
    Profile profile = TestUser.named("alice").profile();
    registrations().begin(pending(profile, "t"), once(2, "r"));
    register(stores(), 1, TestUser.named("Alice"));

    assertRejected(
        Rejection.USERNAME_TAKEN,
        () -> registrations().confirm(newAccount(2, profile, "t"), once(2, "c")));
    assertFalse(stores().replays().seen(once(2, "c")));
    assertTrue(registrations().find(hash("t")).isPresent());
    assertEquals(Optional.empty(), stores().accounts().find(new UserId(2)));
  }

  @Test
  default void confirm_addressTakenMeanwhile_isRejected() {
    Profile profile = renamed(TestUser.named("x"), "bob", "alice@example.org");
    registrations().begin(pending(profile, "t"), once(2, "r"));
    register(stores(), 1, TestUser.named("alice"));

    assertRejected(
        Rejection.EMAIL_TAKEN,
        () -> registrations().confirm(newAccount(2, profile, "t"), once(2, "c")));
  }

  @Test
  default void confirm_spentOnce_isReplayedBeforeAnythingElse() {
    register(stores(), 1, TestUser.named("alice"));

    assertRejected(
        Rejection.REPLAYED_REQUEST,
        () ->
            registrations()
                .confirm(
                    newAccount(2, TestUser.named("alice").profile(), "gone"), once(1, "confirm")));
  }

  @Test
  default void confirm_fiftySpellingsOfOneName_letsOneIn() {
    int threads = 50;
    for (int i = 0; i < threads; i++) {
      registrations().begin(pending(spelling(i), "t" + i), once(i + 1, "r"));
    }

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(
            threads,
            i ->
                registrations().confirm(newAccount(i + 1, spelling(i), "t" + i), once(i + 1, "c")));

    assertEquals(1, count(outcomes, "true"), outcomes::toString);
    assertEquals(threads - 1, count(outcomes, Rejection.USERNAME_TAKEN.name()), outcomes::toString);
  }

  @Test
  default void confirm_oneRegistrationFiftyTimes_makesOneAccount() {
    Profile profile = TestUser.named("alice").profile();
    registrations().begin(pending(profile, "t"), once(1, "r"));

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(
            50, i -> registrations().confirm(newAccount(i + 1, profile, "t"), once(i + 1, "c")));

    assertEquals(1, count(outcomes, "true"), outcomes::toString);
    assertEquals(49, count(outcomes, "false"), outcomes::toString);
    assertTrue(stores().accounts().find(AccountName.of(profile.username())).isPresent());
  }

  @Test
  default void begin_oneSignatureFiftyTimes_isUsedOnce() {
    Profile profile = TestUser.named("alice").profile();

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(
            50,
            i -> {
              registrations().begin(pending(profile, "t" + i), once(1, "r"));
              return true;
            });

    assertEquals(1, count(outcomes, "true"), outcomes::toString);
    assertEquals(49, count(outcomes, Rejection.REPLAYED_REQUEST.name()), outcomes::toString);
  }

  @Test
  default void removeBegunBefore_oldRegistrations_removesUpToTheLimit() {
    for (int i = 0; i < 3; i++) {
      registrations().begin(pending(spelling(i), "t" + i), once(i + 1, "r"));
    }

    assertEquals(0, registrations().removeBegunBefore(NOON, 10));
    assertEquals(2, registrations().removeBegunBefore(NOON.plusMillis(1), 2));
    assertEquals(1, registrations().removeBegunBefore(NOON.plusMillis(1), 2));
    assertEquals(
        Collections.nCopies(3, Optional.<PendingRegistration>empty()),
        List.of(
            registrations().find(hash("t0")),
            registrations().find(hash("t1")),
            registrations().find(hash("t2"))));
  }

  private static Profile spelling(int number) {
    StringBuilder name = new StringBuilder("somebody");
    for (int bit = 0; bit < name.length(); bit++) {
      if (((number >> bit) & 1) == 1) {
        name.setCharAt(bit, Character.toUpperCase(name.charAt(bit)));
      }
    }
    return renamed(TestUser.named("x"), name.toString(), "somebody" + number + "@example.org");
  }
}
