package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.NOTHING_CHARGED;
import static org.securechat.testkit.contract.AccountFixtures.STEP;
import static org.securechat.testkit.contract.AccountFixtures.actor;
import static org.securechat.testkit.contract.AccountFixtures.factor;
import static org.securechat.testkit.contract.AccountFixtures.hash;
import static org.securechat.testkit.contract.AccountFixtures.issue;
import static org.securechat.testkit.contract.AccountFixtures.once;
import static org.securechat.testkit.contract.AccountFixtures.proof;
import static org.securechat.testkit.contract.AccountFixtures.recoveryCode;
import static org.securechat.testkit.contract.AccountFixtures.register;
import static org.securechat.testkit.contract.AccountFixtures.session;
import static org.securechat.testkit.contract.AccountFixtures.signIn;
import static org.securechat.testkit.contract.AccountFixtures.step;
import static org.securechat.testkit.contract.AccountFixtures.ticket;
import static org.securechat.testkit.contract.StoreChecks.assertWantsASession;
import static org.securechat.testkit.contract.StoreChecks.chargeUntilBlocked;
import static org.securechat.testkit.contract.StoreChecks.count;
import static org.securechat.testkit.contract.StoreChecks.isSettled;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.CompletedReset;
import org.securechat.domain.account.IssuedTicket;
import org.securechat.domain.account.PendingReset;
import org.securechat.domain.account.SecondFactorStore;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.credential.SecondFactor;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionState;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestUser;

/** What every {@link SecondFactorStore} does; implement it in a test class of the adapter. */
public interface SecondFactorStoreContract extends StoresContract {
  UserId ALICE = new UserId(1);
  UserId BOB = new UserId(2);

  private SecondFactorStore factors() {
    return stores().secondFactors();
  }

  /** Registers alice, whose actor this is, and bob. */
  private Actor registerBoth() {
    Account alice = register(stores(), ALICE.value(), TestUser.named("alice"));
    register(stores(), BOB.value(), TestUser.named("bob"));
    return actor(alice);
  }

  /** Signs alice in once more, by a step of her own. */
  private Actor signInAgain(String token, int step) {
    assertTrue(
        stores()
            .accounts()
            .signIn(signIn(step(step), session(ALICE.value(), token)), once(1, "in " + token)));
    return actor(ALICE.value(), token);
  }

  private static IssuedTicket ticketIssuedAt(String text, Instant createdAt) {
    return new IssuedTicket(hash(text), ALICE, false, createdAt);
  }

  private static PendingReset reset(Actor actor, String secret) {
    return new PendingReset(actor.session(), sealed(secret), NOON);
  }

  private static SealedSecret sealed(String secret) {
    return SealedSecret.copyOf(secret.getBytes(StandardCharsets.UTF_8));
  }

  private boolean begin(PendingReset reset, Actor actor, String signedText) {
    return factors().beginReset(reset, proof(1), NOTHING_CHARGED, actor, once(1, signedText));
  }

  /** What alice's reset becomes: step 5 is spent, and a session of this token begins. */
  private static CompletedReset completed(PendingReset reset, String token, Settlement settlement) {
    return new CompletedReset(
        reset,
        sealed("new secret"),
        STEP.plus(5),
        List.of(hash("new 1"), hash("new 2"), hash("new 3")),
        session(ALICE.value(), token),
        settlement);
  }

  @Test
  default void isUnspent_step_untilItsUserSpendsIt() {
    registerBoth();

    assertTrue(factors().isUnspent(ALICE, step(1)));
    signInAgain("s", 1);
    assertFalse(factors().isUnspent(ALICE, step(1)));
    assertTrue(factors().isUnspent(BOB, step(1)));
  }

  @Test
  default void isUnspent_recoveryCode_untilItsUserSpendsIt() {
    registerBoth();
    SecondFactor code = recoveryCode(1, "alice");

    assertTrue(factors().isUnspent(ALICE, code));
    assertFalse(factors().isUnspent(BOB, code));
    assertFalse(factors().isUnspent(ALICE, recoveryCode(1, "nobody")));
    stores().accounts().signIn(signIn(code, session(1, "s")), once(1, "login"));
    assertFalse(factors().isUnspent(ALICE, code));
    assertTrue(factors().isUnspent(ALICE, recoveryCode(2, "alice")));
  }

  @Test
  default void isUnspent_ticket_untilItsUserSpendsIt() {
    registerBoth();
    IssuedTicket ticket = ticket(ALICE.value(), "t");

    assertFalse(factors().isUnspent(ALICE, factor(ticket)));
    issue(stores(), ticket, step(1), NOTHING_CHARGED);
    assertTrue(factors().isUnspent(ALICE, factor(ticket)));
    assertFalse(factors().isUnspent(BOB, factor(ticket)));
    stores().accounts().signIn(signIn(factor(ticket), session(1, "s")), once(1, "login"));
    assertFalse(factors().isUnspent(ALICE, factor(ticket)));
  }

  @Test
  default void findTicket_issued_returnsAllOfIt() {
    registerBoth();
    IssuedTicket byCode = ticket(ALICE.value(), "by code");
    IssuedTicket byRecoveryCode = new IssuedTicket(hash("by recovery"), ALICE, true, NOON);
    issue(stores(), byCode, step(1), NOTHING_CHARGED);
    issue(stores(), byRecoveryCode, recoveryCode(1, "alice"), NOTHING_CHARGED);

    assertEquals(Optional.of(byCode), factors().findTicket(byCode.ticketHash()));
    assertEquals(Optional.of(byRecoveryCode), factors().findTicket(byRecoveryCode.ticketHash()));
  }

  @Test
  default void findTicket_unknownOrSpent_isEmpty() {
    registerBoth();
    IssuedTicket ticket = ticket(ALICE.value(), "t");
    issue(stores(), ticket, step(1), NOTHING_CHARGED);
    stores().accounts().signIn(signIn(factor(ticket), session(1, "s")), once(1, "login"));

    assertEquals(Optional.empty(), factors().findTicket(ticket.ticketHash()));
    assertEquals(Optional.empty(), factors().findTicket(hash("unknown")));
  }

  @Test
  default void issue_freshFactor_spendsItAndSettles() {
    registerBoth();
    Settlement settlement = chargeUntilBlocked(stores());

    assertTrue(issue(stores(), ticket(ALICE.value(), "t"), step(1), settlement));

    assertFalse(factors().isUnspent(ALICE, step(1)));
    assertTrue(factors().isUnspent(BOB, step(1)));
    assertTrue(isSettled(stores()));
  }

  @Test
  default void issue_spentFactor_changesNothing() {
    registerBoth();
    issue(stores(), ticket(ALICE.value(), "t1"), recoveryCode(1, "alice"), NOTHING_CHARGED);
    Settlement settlement = chargeUntilBlocked(stores());

    for (SecondFactor spent : List.of(step(0), recoveryCode(1, "alice"), recoveryCode(2, "bob"))) {
      assertFalse(issue(stores(), ticket(ALICE.value(), "t2"), spent, settlement));
    }

    assertEquals(Optional.empty(), factors().findTicket(hash("t2")));
    assertFalse(isSettled(stores()));
  }

  @Test
  default void issue_unknownUser_changesNothing() {
    Settlement settlement = chargeUntilBlocked(stores());

    assertFalse(issue(stores(), ticket(ALICE.value(), "t"), step(1), settlement));

    assertEquals(Optional.empty(), factors().findTicket(hash("t")));
    assertFalse(isSettled(stores()));
  }

  @Test
  default void issue_oneFactorFiftyTimes_isSpentOnce() {
    registerBoth();

    for (SecondFactor factor : List.of(step(1), recoveryCode(1, "alice"))) {
      String name = factor.getClass().getSimpleName();
      List<Outcome<Boolean>> outcomes =
          ConcurrentRuns.run(
              50, i -> issue(stores(), ticket(ALICE.value(), name + i), factor, NOTHING_CHARGED));

      assertEquals(1, count(outcomes, "true"), outcomes::toString);
      assertEquals(49, count(outcomes, "false"), outcomes::toString);
    }
    assertEquals(2, stores().accounts().holdings(ALICE).tickets());
  }

  @Test
  default void beginReset_freshFactor_waitsSpendsAndSettles() {
    Actor alice = registerBoth();
    PendingReset reset = reset(alice, "secret");
    Settlement settlement = chargeUntilBlocked(stores());

    assertTrue(
        factors().beginReset(reset, proof(1, step(1)), settlement, alice, once(1, "begin r")));

    assertEquals(Optional.of(reset), factors().findReset(alice.session()));
    assertFalse(factors().isUnspent(ALICE, step(1)));
    assertTrue(stores().replays().seen(once(1, "begin r")));
    assertTrue(isSettled(stores()));
  }

  @Test
  default void beginReset_againInTheSession_takesThePlaceOfTheFirst() {
    Actor alice = registerBoth();
    Actor elsewhere = signInAgain("elsewhere", 1);
    begin(reset(alice, "first"), alice, "r1");
    begin(reset(elsewhere, "elsewhere"), elsewhere, "r2");

    begin(reset(alice, "second"), alice, "r3");

    assertEquals(Optional.of(reset(alice, "second")), factors().findReset(alice.session()));
    assertEquals(
        Optional.of(reset(elsewhere, "elsewhere")), factors().findReset(elsewhere.session()));
  }

  @Test
  default void beginReset_spentFactor_changesNothing() {
    Actor alice = registerBoth();
    Settlement settlement = chargeUntilBlocked(stores());

    assertFalse(
        factors()
            .beginReset(
                reset(alice, "secret"), proof(1, step(0)), settlement, alice, once(1, "begin r")));

    assertEquals(Optional.empty(), factors().findReset(alice.session()));
    assertFalse(stores().replays().seen(once(1, "begin r")));
    assertFalse(isSettled(stores()));
  }

  @Test
  default void beginReset_oneFactorFiftyTimes_isSpentOnce() {
    Actor alice = registerBoth();

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(
            50,
            i ->
                factors()
                    .beginReset(
                        reset(alice, "secret " + i),
                        proof(1, step(1)),
                        NOTHING_CHARGED,
                        alice,
                        once(1, "r" + i)));

    assertEquals(1, count(outcomes, "true"), outcomes::toString);
    assertEquals(49, count(outcomes, "false"), outcomes::toString);
  }

  @Test
  default void beginReset_inNoSession_isRefused() {
    registerBoth();

    assertWantsASession(
        stores(),
        (actor, once) ->
            factors()
                .beginReset(
                    reset(actor, "secret"), proof(1, step(1)), NOTHING_CHARGED, actor, once));

    assertTrue(factors().isUnspent(ALICE, step(1)));
  }

  @Test
  default void findReset_none_isEmpty() {
    Actor alice = registerBoth();

    assertEquals(Optional.empty(), factors().findReset(alice.session()));
    assertEquals(Optional.empty(), factors().findReset(hash("unknown")));
  }

  @Test
  default void findReset_afterTheSessionsEnd_isEmpty() {
    Actor alice = registerBoth();
    begin(reset(alice, "secret"), alice, "r");

    stores().sessions().end(alice.session(), once(1, "logout"));

    assertEquals(Optional.empty(), factors().findReset(alice.session()));
  }

  @Test
  default void completeReset_waiting_putsTheNewFactorInThePlaceOfTheOld() {
    Actor alice = registerBoth();
    Account before = stores().accounts().find(ALICE).orElseThrow();
    issue(stores(), ticket(ALICE.value(), "hers"), step(1), NOTHING_CHARGED);
    issue(stores(), ticket(BOB.value(), "his"), step(1), NOTHING_CHARGED);
    begin(reset(alice, "secret"), alice, "r");
    CompletedReset completed =
        completed(reset(alice, "secret"), "new session", chargeUntilBlocked(stores()));

    assertTrue(factors().completeReset(completed, alice, once(1, "complete")));

    StoredSecrets secrets =
        new StoredSecrets(
            before.secrets().passwordVerifier(),
            before.secrets().encryptedPrivateKey(),
            completed.totpSecret());
    assertEquals(
        Optional.of(new Account(ALICE, before.profile(), secrets, before.createdAt())),
        stores().accounts().find(ALICE));
    assertEquals(3, stores().accounts().holdings(ALICE).recoveryCodes());
    assertFalse(factors().isUnspent(ALICE, recoveryCode(1, "alice")));
    assertTrue(factors().isUnspent(ALICE, new SecondFactor.Code(hash("new 1"))));
    assertTrue(factors().isUnspent(ALICE, step(1)));
    assertFalse(factors().isUnspent(ALICE, step(5)));
    assertEquals(Optional.empty(), factors().findTicket(hash("hers")));
    assertEquals(Optional.empty(), factors().findReset(alice.session()));
    assertEquals(List.of(completed.session()), stores().sessions().list(ALICE));
    assertTrue(stores().replays().seen(once(1, "complete")));
    assertTrue(isSettled(stores()));
  }

  @Test
  default void completeReset_sessionsThatAVoidedCodeOpened_end() {
    Actor alice = registerBoth();
    Actor full = signInAgain("full", 1);
    Session waiting =
        new Session(
            hash("waiting"),
            "id of waiting",
            ALICE,
            SessionState.RESET_REQUIRED,
            NOON,
            NOON,
            "agent");
    stores().accounts().signIn(signIn(recoveryCode(1, "alice"), waiting), once(1, "by code"));
    begin(reset(alice, "secret"), alice, "r");

    factors()
        .completeReset(
            completed(reset(alice, "secret"), "new session", NOTHING_CHARGED),
            alice,
            once(1, "complete"));

    assertEquals(Optional.empty(), stores().sessions().find(hash("waiting")));
    assertTrue(stores().sessions().find(full.session()).isPresent());
  }

  @Test
  default void completeReset_ofOneUser_leavesAnothersAlone() {
    Actor alice = registerBoth();
    Account bob = stores().accounts().find(BOB).orElseThrow();
    issue(stores(), ticket(BOB.value(), "his"), step(1), NOTHING_CHARGED);
    begin(reset(alice, "secret"), alice, "r");

    factors()
        .completeReset(
            completed(reset(alice, "secret"), "new session", NOTHING_CHARGED),
            alice,
            once(1, "complete"));

    assertEquals(Optional.of(bob), stores().accounts().find(BOB));
    assertTrue(factors().findTicket(hash("his")).isPresent());
    assertFalse(factors().isUnspent(BOB, step(1)));
    assertTrue(factors().isUnspent(BOB, recoveryCode(1, "bob")));
    assertEquals(1, stores().sessions().list(BOB).size());
  }

  @Test
  default void completeReset_replacedOrAnothersOrNone_changesNothing() {
    Actor alice = registerBoth();
    Actor elsewhere = signInAgain("elsewhere", 1);
    Account before = stores().accounts().find(ALICE).orElseThrow();
    begin(reset(elsewhere, "secret"), elsewhere, "r");
    Settlement settlement = chargeUntilBlocked(stores());

    for (PendingReset gone :
        List.of(reset(elsewhere, "replaced"), reset(elsewhere, "secret"), reset(alice, "secret"))) {
      Actor actor = gone.equals(reset(elsewhere, "replaced")) ? elsewhere : alice;
      assertFalse(
          factors()
              .completeReset(
                  completed(gone, "new session", settlement), actor, once(1, "complete")));
    }

    assertEquals(Optional.of(before), stores().accounts().find(ALICE));
    assertEquals(2, stores().accounts().holdings(ALICE).recoveryCodes());
    assertEquals(2, stores().sessions().list(ALICE).size());
    assertFalse(stores().replays().seen(once(1, "complete")));
    assertFalse(isSettled(stores()));
  }

  @Test
  default void completeReset_fiftyTimesAtOnce_completesOnce() {
    Actor alice = registerBoth();
    begin(reset(alice, "secret"), alice, "r");

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(
            50,
            i ->
                factors()
                    .completeReset(
                        completed(reset(alice, "secret"), "s" + i, NOTHING_CHARGED),
                        alice,
                        once(1, "complete " + i)));

    assertEquals(1, count(outcomes, "true"), outcomes::toString);
    assertEquals(49, count(outcomes, Rejection.NOT_AUTHENTICATED.name()), outcomes::toString);
    assertEquals(1, stores().sessions().list(ALICE).size());
  }

  @Test
  default void completeReset_inNoSession_isRefused() {
    Actor alice = registerBoth();
    Account before = stores().accounts().find(ALICE).orElseThrow();
    begin(reset(alice, "secret"), alice, "r");

    assertWantsASession(
        stores(),
        (actor, once) ->
            factors()
                .completeReset(
                    completed(reset(alice, "secret"), "new session", NOTHING_CHARGED),
                    actor,
                    once));

    assertEquals(Optional.of(before), stores().accounts().find(ALICE));
    assertEquals(Optional.of(reset(alice, "secret")), factors().findReset(alice.session()));
  }

  @Test
  default void forgetStepsBefore_oldSteps_forgetsUpToTheLimit() {
    registerBoth();
    signInAgain("s1", 1);
    signInAgain("s2", 2);

    assertEquals(2, factors().forgetStepsBefore(STEP.plus(2), 2));
    assertEquals(1, factors().forgetStepsBefore(STEP.plus(2), 5));
    assertEquals(0, factors().forgetStepsBefore(STEP.plus(2), 5));
    assertFalse(factors().isUnspent(ALICE, step(2)));
    assertTrue(factors().isUnspent(ALICE, step(1)));
    assertTrue(factors().isUnspent(ALICE, step(0)));
    assertTrue(factors().isUnspent(BOB, step(0)));
  }

  @Test
  default void removeTicketsBefore_oldTickets_removesUpToTheLimit() {
    registerBoth();
    issue(stores(), ticketIssuedAt("t1", NOON), step(1), NOTHING_CHARGED);
    issue(stores(), ticketIssuedAt("t2", NOON), step(2), NOTHING_CHARGED);
    issue(stores(), ticketIssuedAt("t3", NOON.plusMillis(1)), step(3), NOTHING_CHARGED);

    assertEquals(0, factors().removeTicketsBefore(NOON, 5));
    assertEquals(1, factors().removeTicketsBefore(NOON.plusMillis(1), 1));
    assertEquals(1, factors().removeTicketsBefore(NOON.plusMillis(1), 5));
    assertEquals(Optional.empty(), factors().findTicket(hash("t1")));
    assertEquals(Optional.empty(), factors().findTicket(hash("t2")));
    assertTrue(factors().findTicket(hash("t3")).isPresent());
  }

  @Test
  default void removeResetsBefore_oldResets_removesUpToTheLimit() {
    Actor first = registerBoth();
    Actor second = signInAgain("second", 1);
    Actor third = signInAgain("third", 2);
    begin(reset(first, "r1"), first, "r1");
    begin(reset(second, "r2"), second, "r2");
    PendingReset later = new PendingReset(third.session(), sealed("r3"), NOON.plusMillis(1));
    begin(later, third, "r3");

    assertEquals(0, factors().removeResetsBefore(NOON, 5));
    assertEquals(1, factors().removeResetsBefore(NOON.plusMillis(1), 1));
    assertEquals(1, factors().removeResetsBefore(NOON.plusMillis(1), 5));
    assertEquals(Optional.empty(), factors().findReset(first.session()));
    assertEquals(Optional.empty(), factors().findReset(second.session()));
    assertEquals(Optional.of(later), factors().findReset(third.session()));
    assertTrue(stores().sessions().find(first.session()).isPresent());
  }
}
