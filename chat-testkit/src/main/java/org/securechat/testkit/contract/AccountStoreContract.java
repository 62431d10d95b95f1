package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.NOTHING_CHARGED;
import static org.securechat.testkit.contract.AccountFixtures.STEP;
import static org.securechat.testkit.contract.AccountFixtures.hash;
import static org.securechat.testkit.contract.AccountFixtures.once;
import static org.securechat.testkit.contract.AccountFixtures.pending;
import static org.securechat.testkit.contract.AccountFixtures.register;
import static org.securechat.testkit.contract.AccountFixtures.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.AccountStore;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.SignIn;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestUser;

/** What every {@link AccountStore} does; implement it in a test class of the adapter. */
public interface AccountStoreContract extends StoresContract {
  private AccountStore accounts() {
    return stores().accounts();
  }

  private static SignIn signIn(TotpStep step, String token) {
    return AccountFixtures.signIn(step, session(1, token), AccountFixtures.none(), NOTHING_CHARGED);
  }

  @Test
  default void find_anySpelling_returnsTheAccountAsRegistered() {
    Account alice = register(stores(), 1, TestUser.named("Alice"));

    assertEquals(Optional.of(alice), accounts().find(new UserId(1)));
    assertEquals(Optional.of(alice), accounts().find(AccountName.of(new Username("aLICE"))));
    assertEquals(
        Optional.of(alice), accounts().find(AccountName.of(new EmailAddress("ALICE@EXAMPLE.ORG"))));
  }

  @Test
  default void find_unknown_isEmpty() {
    register(stores(), 1, TestUser.named("alice"));

    assertEquals(Optional.empty(), accounts().find(new UserId(2)));
    assertEquals(Optional.empty(), accounts().find(AccountName.of(new Username("alic"))));
    assertEquals(
        Optional.empty(), accounts().find(AccountName.of(new EmailAddress("alice@example.com"))));
  }

  @Test
  default void signIn_freshStep_opensTheSession() {
    Account alice = register(stores(), 1, TestUser.named("alice"));

    assertTrue(accounts().signIn(signIn(STEP.plus(1), "s"), once(1, "login")));

    assertEquals(
        Optional.of(session(1, "s")),
        stores().sessions().find(hash("s")).map(caller -> caller.session()));
    assertEquals(
        Optional.of(alice.profile().identityKey()),
        stores().sessions().find(hash("s")).map(caller -> caller.key()));
    assertTrue(stores().replays().seen(once(1, "login")));
  }

  @Test
  default void signIn_spentStep_changesNothing() {
    register(stores(), 1, TestUser.named("alice"));
    accounts().signIn(signIn(STEP.plus(1), "first"), once(1, "login 1"));

    assertFalse(accounts().signIn(signIn(STEP.plus(1), "second"), once(1, "login 2")));

    assertEquals(Optional.empty(), stores().sessions().find(hash("second")));
    assertFalse(stores().replays().seen(once(1, "login 2")));
  }

  @Test
  default void signIn_earlierStepThatIsUnspent_isAccepted() {
    register(stores(), 1, TestUser.named("alice"));

    assertTrue(accounts().signIn(signIn(STEP.plus(1), "later"), once(1, "login 1")));
    assertTrue(accounts().signIn(signIn(STEP.plus(-1), "earlier"), once(1, "login 2")));
  }

  @Test
  default void signIn_stepsOfAnother_areTheirOwn() {
    register(stores(), 1, TestUser.named("alice"));
    register(stores(), 2, TestUser.named("bob"));
    SignIn bob =
        AccountFixtures.signIn(
            STEP.plus(1), session(2, "b"), AccountFixtures.none(), NOTHING_CHARGED);

    assertTrue(accounts().signIn(signIn(STEP.plus(1), "a"), once(1, "login")));
    assertTrue(accounts().signIn(bob, once(2, "login")));
  }

  @Test
  default void signIn_unknownUser_changesNothing() {
    assertFalse(accounts().signIn(signIn(STEP, "s"), once(1, "login")));

    assertEquals(Optional.empty(), stores().sessions().find(hash("s")));
    assertFalse(stores().replays().seen(once(1, "login")));
  }

  @Test
  default void signIn_spentOnce_isReplayedBeforeTheStepIsLookedAt() {
    register(stores(), 1, TestUser.named("alice"));
    accounts().signIn(signIn(STEP.plus(1), "s"), once(1, "login"));

    RejectedException e =
        assertThrows(
            RejectedException.class,
            () -> accounts().signIn(signIn(STEP.plus(1), "s"), once(1, "login")));

    assertEquals(Rejection.REPLAYED_REQUEST, e.reason());
  }

  @Test
  default void signIn_withTheCookieOfASession_endsThatSession() {
    register(stores(), 1, TestUser.named("alice"));
    accounts().signIn(signIn(STEP.plus(1), "old"), once(1, "login 1"));
    SignIn again =
        AccountFixtures.signIn(
            STEP.plus(2), session(1, "new"), Optional.of(hash("old")), NOTHING_CHARGED);

    accounts().signIn(again, once(1, "login 2"));

    assertEquals(Optional.empty(), stores().sessions().find(hash("old")));
    assertTrue(stores().sessions().find(hash("new")).isPresent());
  }

  @Test
  default void signIn_withTheCookieOfAnothersSession_leavesItAlone() {
    register(stores(), 1, TestUser.named("alice"));
    register(stores(), 2, TestUser.named("bob"));
    Sha256 bobs = hash("first session of bob");
    SignIn signIn =
        AccountFixtures.signIn(STEP.plus(1), session(1, "s"), Optional.of(bobs), NOTHING_CHARGED);

    accounts().signIn(signIn, once(1, "login"));

    assertTrue(stores().sessions().find(bobs).isPresent());
  }

  @Test
  default void signIn_withTheCookieOfARegistration_endsTheUsersOwnOnly() {
    TestUser alice = TestUser.named("alice");
    register(stores(), 1, alice);
    Profile again = AccountFixtures.renamed(alice, "alice2", "alice2@example.org");
    stores().registrations().begin(pending(again, "own"), once(1, "r"));
    stores()
        .registrations()
        .begin(pending(TestUser.named("bob").profile(), "another's"), once(2, "r"));

    for (String token : List.of("own", "another's")) {
      TotpStep step = STEP.plus(token.length());
      accounts()
          .signIn(
              AccountFixtures.signIn(
                  step, session(1, "after " + token), Optional.of(hash(token)), NOTHING_CHARGED),
              once(1, "login with " + token));
    }

    assertEquals(Optional.empty(), stores().registrations().find(hash("own")));
    assertTrue(stores().registrations().find(hash("another's")).isPresent());
  }

  @Test
  default void signIn_chargedAttempts_clearsAndRefundsThem() {
    register(stores(), 1, TestUser.named("alice"));
    AttemptRule rule = AttemptRule.inARow(2, Duration.ofMinutes(15));
    AttemptCounter account = new AttemptCounter(AttemptCounter.Kind.ACCOUNT_SIGNED, "1");
    AttemptCounter address = new AttemptCounter(AttemptCounter.Kind.ADDRESS, "192.0.2.1");
    stores().attempts().charge(account, rule, NOON);
    stores().attempts().charge(account, rule, NOON);
    stores().attempts().charge(address, rule, NOON);
    stores().attempts().charge(address, rule, NOON);
    Settlement settlement =
        new Settlement(List.of(account), List.of(new Settlement.Refund(address, rule)));

    accounts()
        .signIn(
            AccountFixtures.signIn(
                STEP.plus(1), session(1, "s"), AccountFixtures.none(), settlement),
            once(1, "login"));

    assertEquals(Optional.empty(), stores().attempts().charge(account, rule, NOON));
    assertEquals(Optional.empty(), stores().attempts().charge(account, rule, NOON));
    assertEquals(Optional.empty(), stores().attempts().charge(address, rule, NOON));
    assertTrue(stores().attempts().charge(address, rule, NOON).isPresent());
  }

  @Test
  default void signIn_oneStepFiftyTimes_isSpentOnce() {
    register(stores(), 1, TestUser.named("alice"));

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(
            50, i -> accounts().signIn(signIn(STEP.plus(1), "s" + i), once(1, "login " + i)));

    assertEquals(1, outcomes.stream().filter(o -> o.toString().equals("true")).count());
    assertEquals(
        49,
        outcomes.stream().filter(o -> o.toString().equals("false")).count(),
        outcomes::toString);
  }

  @Test
  default void signIn_oneSignatureFiftyTimes_isUsedOnce() {
    register(stores(), 1, TestUser.named("alice"));

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(
            50, i -> accounts().signIn(signIn(STEP.plus(1 + i), "s" + i), once(1, "login")));

    assertEquals(1, outcomes.stream().filter(o -> o.toString().equals("true")).count());
    assertEquals(
        49,
        outcomes.stream()
            .filter(o -> o.rejection().equals(Optional.of(Rejection.REPLAYED_REQUEST)))
            .count(),
        outcomes::toString);
  }

  @Test
  default void forgetStepsBefore_oldSteps_forgetsUpToTheLimit() {
    register(stores(), 1, TestUser.named("alice"));
    accounts().signIn(signIn(STEP.plus(1), "s1"), once(1, "login 1"));
    accounts().signIn(signIn(STEP.plus(2), "s2"), once(1, "login 2"));

    assertEquals(1, stores().secondFactors().forgetStepsBefore(STEP.plus(2), 1));
    assertEquals(1, stores().secondFactors().forgetStepsBefore(STEP.plus(2), 5));
    assertEquals(0, stores().secondFactors().forgetStepsBefore(STEP.plus(2), 5));
    assertFalse(accounts().signIn(signIn(STEP.plus(2), "s3"), once(1, "login 3")));
    assertTrue(accounts().signIn(signIn(STEP, "s4"), once(1, "login 4")));
  }
}
