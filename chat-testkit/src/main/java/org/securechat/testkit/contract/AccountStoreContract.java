package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.contract.AccountFixtures.NOON;
import static org.securechat.testkit.contract.AccountFixtures.NOTHING_CHARGED;
import static org.securechat.testkit.contract.AccountFixtures.STEP;
import static org.securechat.testkit.contract.AccountFixtures.actor;
import static org.securechat.testkit.contract.AccountFixtures.encryptionKey;
import static org.securechat.testkit.contract.AccountFixtures.factor;
import static org.securechat.testkit.contract.AccountFixtures.firstSession;
import static org.securechat.testkit.contract.AccountFixtures.hash;
import static org.securechat.testkit.contract.AccountFixtures.issue;
import static org.securechat.testkit.contract.AccountFixtures.once;
import static org.securechat.testkit.contract.AccountFixtures.pending;
import static org.securechat.testkit.contract.AccountFixtures.proof;
import static org.securechat.testkit.contract.AccountFixtures.recoveryCode;
import static org.securechat.testkit.contract.AccountFixtures.register;
import static org.securechat.testkit.contract.AccountFixtures.session;
import static org.securechat.testkit.contract.AccountFixtures.step;
import static org.securechat.testkit.contract.AccountFixtures.ticket;
import static org.securechat.testkit.contract.StoreChecks.assertWantsASession;
import static org.securechat.testkit.contract.StoreChecks.chargeUntilBlocked;
import static org.securechat.testkit.contract.StoreChecks.count;
import static org.securechat.testkit.contract.StoreChecks.isSettled;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.Account;
import org.securechat.domain.account.AccountClosing;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.AccountStore;
import org.securechat.domain.account.CompletedReset;
import org.securechat.domain.account.EncryptionIv;
import org.securechat.domain.account.EncryptionKey;
import org.securechat.domain.account.Holdings;
import org.securechat.domain.account.IssuedTicket;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.PasswordChange;
import org.securechat.domain.account.PendingReset;
import org.securechat.domain.account.Profile;
import org.securechat.domain.account.SecondFactorStore;
import org.securechat.domain.account.SignIn;
import org.securechat.domain.account.StoredSecrets;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.credential.SecondFactor;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.Session;
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
  default void signIn_recoveryCode_isSpentOnceByItsUserOnly() {
    register(stores(), 1, TestUser.named("alice"));
    register(stores(), 2, TestUser.named("bob"));
    SecondFactor alices = recoveryCode(1, "alice");

    assertFalse(
        accounts().signIn(AccountFixtures.signIn(alices, session(2, "b")), once(2, "login")));
    assertTrue(
        accounts().signIn(AccountFixtures.signIn(alices, session(1, "a")), once(1, "login 1")));
    assertFalse(
        accounts().signIn(AccountFixtures.signIn(alices, session(1, "c")), once(1, "login 2")));
    assertEquals(1, accounts().holdings(new UserId(1)).recoveryCodes());
    assertEquals(2, accounts().holdings(new UserId(2)).recoveryCodes());
  }

  @Test
  default void signIn_ticket_isSpentOnceByItsUserOnly() {
    register(stores(), 1, TestUser.named("alice"));
    register(stores(), 2, TestUser.named("bob"));
    IssuedTicket ticket = ticket(1, "ticket");
    issue(stores(), ticket, step(1), NOTHING_CHARGED);

    assertFalse(
        accounts()
            .signIn(AccountFixtures.signIn(factor(ticket), session(2, "b")), once(2, "login")));
    assertTrue(
        accounts()
            .signIn(AccountFixtures.signIn(factor(ticket), session(1, "a")), once(1, "login 1")));
    assertFalse(
        accounts()
            .signIn(AccountFixtures.signIn(factor(ticket), session(1, "c")), once(1, "login 2")));
    assertEquals(0, accounts().holdings(new UserId(1)).tickets());
  }

  @Test
  default void signIn_oneCodeOrTicketFiftyTimes_isSpentOnce() {
    register(stores(), 1, TestUser.named("alice"));
    IssuedTicket ticket = ticket(1, "ticket");
    issue(stores(), ticket, step(1), NOTHING_CHARGED);

    for (SecondFactor factor : List.of(recoveryCode(1, "alice"), factor(ticket))) {
      String name = factor.getClass().getSimpleName();
      List<Outcome<Boolean>> outcomes =
          ConcurrentRuns.run(
              50,
              i ->
                  accounts()
                      .signIn(
                          AccountFixtures.signIn(factor, session(1, name + i)),
                          once(1, "login by " + name + i)));

      assertEquals(1, count(outcomes, "true"), outcomes::toString);
      assertEquals(49, count(outcomes, "false"), outcomes::toString);
    }
  }

  private boolean signInWithin(int sessionsPerUser, int step, Session session) {
    SignIn signIn =
        new SignIn(
            proof(session.user().value(), step(step)),
            session,
            sessionsPerUser,
            AccountFixtures.none(),
            NOTHING_CHARGED);
    return accounts().signIn(signIn, once(1, "login " + step));
  }

  @Test
  default void signIn_oneSessionMoreThanMayBe_endsThatUsedLongestAgo() {
    register(stores(), 1, TestUser.named("alice"));
    register(stores(), 2, TestUser.named("bob"));
    signInWithin(3, 1, session(1, "s1", NOON.plusSeconds(1)));
    signInWithin(3, 2, session(1, "s2", NOON.plusSeconds(2)));
    assertEquals(3, stores().sessions().list(new UserId(1)).size());
    stores().sessions().touch(firstSession("alice"), NOON.plusSeconds(3));

    assertTrue(signInWithin(3, 3, session(1, "s3", NOON.plusSeconds(4))));

    assertEquals(
        List.of(firstSession("alice"), hash("s2"), hash("s3")),
        stores().sessions().list(new UserId(1)).stream().map(Session::tokenHash).toList());
    assertTrue(stores().sessions().find(firstSession("bob")).isPresent());
  }

  @Test
  default void signIn_manySessionsMoreThanMayBe_endsAllOfThem() {
    register(stores(), 1, TestUser.named("alice"));
    signInWithin(3, 1, session(1, "s1", NOON.plusSeconds(1)));
    signInWithin(3, 2, session(1, "s2", NOON.plusSeconds(2)));

    signInWithin(1, 3, session(1, "s3", NOON.plusSeconds(3)));

    assertEquals(
        List.of(session(1, "s3", NOON.plusSeconds(3))), stores().sessions().list(new UserId(1)));
  }

  /** Clocks of several nodes differ, and are set back. */
  @Test
  default void signIn_othersSeemUsedLaterOrAtOnce_keepsTheNewSession() {
    register(stores(), 1, TestUser.named("alice"));

    signInWithin(1, 1, session(1, "at once"));
    assertTrue(stores().sessions().find(hash("at once")).isPresent());
    assertEquals(1, stores().sessions().list(new UserId(1)).size());

    signInWithin(1, 2, session(1, "earlier", NOON.minusSeconds(9)));
    assertTrue(stores().sessions().find(hash("earlier")).isPresent());
    assertEquals(1, stores().sessions().list(new UserId(1)).size());
  }

  @Test
  default void findKdf_anySpelling_isTheAccountsOwn() {
    KdfParameters strong = new KdfParameters(65_536, 3, 2);
    register(stores(), 1, withKdf("Alice", strong));
    register(stores(), 2, TestUser.named("bob"));

    assertEquals(Optional.of(strong), accounts().findKdf(AccountName.of(new Username("aLICE"))));
    assertEquals(
        Optional.of(strong),
        accounts().findKdf(AccountName.of(new EmailAddress("ALICE@example.org"))));
    assertEquals(Optional.empty(), accounts().findKdf(AccountName.of(new Username("alic"))));
    assertEquals(
        Optional.empty(),
        accounts().findKdf(AccountName.of(new EmailAddress("alice@example.com"))));
  }

  @Test
  default void kdfFrom_anyPosition_isOfTheNextAccountAndAfterTheLastOfTheFirst() {
    KdfParameters ten = new KdfParameters(65_536, 3, 1);
    KdfParameters top = new KdfParameters(65_536, 4, 1);
    register(stores(), UserId.MAX - 1, withKdf("top", top));
    register(stores(), 10, withKdf("ten", ten));

    assertEquals(Optional.of(ten), accounts().kdfFrom(new UserId(1)));
    assertEquals(Optional.of(ten), accounts().kdfFrom(new UserId(10)));
    assertEquals(Optional.of(top), accounts().kdfFrom(new UserId(11)));
    assertEquals(Optional.of(top), accounts().kdfFrom(new UserId(UserId.MAX - 1)));
    assertEquals(Optional.of(ten), accounts().kdfFrom(new UserId(UserId.MAX)));
  }

  @Test
  default void kdfFrom_noAccount_isEmpty() {
    assertEquals(Optional.empty(), accounts().kdfFrom(new UserId(1)));
  }

  private static Profile withKdf(String name, KdfParameters kdf) {
    Profile plain = TestUser.named(name).profile();
    return new Profile(
        plain.username(),
        plain.email(),
        plain.identityKey(),
        plain.encryptionIv(),
        kdf,
        plain.encryptionKey());
  }

  private static PasswordChange passwordChange(Actor actor, SecondFactor factor, Settlement s) {
    return new PasswordChange(
        actor,
        proof(actor.user().value(), factor),
        new PasswordVerifier("$argon2id$new"),
        SealedSecret.copyOf(new byte[] {1, 2, 3}),
        new EncryptionIv("ff".repeat(12)),
        new KdfParameters(65_536, 3, 2),
        s);
  }

  @Test
  default void changePassword_freshFactor_replacesWhatDependsOnIt() {
    Account alice = register(stores(), 1, TestUser.named("alice"));
    Settlement settlement = chargeUntilBlocked(stores());
    PasswordChange change = passwordChange(actor(alice), step(1), settlement);

    assertTrue(accounts().changePassword(change, once(1, "change")));

    Profile before = alice.profile();
    Profile after =
        new Profile(
            before.username(),
            before.email(),
            before.identityKey(),
            change.encryptionIv(),
            change.kdf(),
            before.encryptionKey());
    StoredSecrets secrets =
        new StoredSecrets(
            change.verifier(), change.encryptedPrivateKey(), alice.secrets().totpSecret());
    assertEquals(
        Optional.of(new Account(alice.id(), after, secrets, alice.createdAt())),
        accounts().find(alice.id()));
    assertFalse(stores().secondFactors().isUnspent(alice.id(), step(1)));
    assertTrue(stores().replays().seen(once(1, "change")));
    assertTrue(isSettled(stores()));
  }

  /** What was proved against the old password must not count any more, however late it comes. */
  @Test
  default void proof_ofAPasswordThatWasReplaced_countsNowhere() {
    Actor alice = actor(register(stores(), 1, TestUser.named("alice")));
    accounts().changePassword(passwordChange(alice, step(1), NOTHING_CHARGED), once(1, "change"));
    assertProofIsWorthless(alice);
  }

  /** Nor what was proved by the old second factor, though its steps are unspent in the new one. */
  @Test
  default void proof_ofASecondFactorThatWasReplaced_countsNowhere() {
    Actor alice = actor(register(stores(), 1, TestUser.named("alice")));
    PendingReset reset =
        new PendingReset(alice.session(), SealedSecret.copyOf(new byte[] {1}), NOON);
    stores()
        .secondFactors()
        .beginReset(reset, proof(1), NOTHING_CHARGED, alice, once(1, "begin reset"));
    CompletedReset completed =
        new CompletedReset(
            reset,
            SealedSecret.copyOf(new byte[] {2}),
            STEP,
            List.of(),
            session(1, "after the reset"),
            NOTHING_CHARGED);
    stores().secondFactors().completeReset(completed, alice, once(1, "complete"));
    assertProofIsWorthless(actor(1, "after the reset"));
  }

  private void assertProofIsWorthless(Actor alice) {
    Account before = accounts().find(alice.user()).orElseThrow();

    assertFalse(accounts().signIn(signIn(STEP.plus(2), "late"), once(1, "login")));
    assertFalse(issue(stores(), ticket(1, "late"), step(2), NOTHING_CHARGED));
    assertFalse(
        accounts()
            .changePassword(
                passwordChange(alice, step(2), NOTHING_CHARGED), once(1, "change late")));
    assertFalse(
        stores()
            .secondFactors()
            .beginReset(
                new PendingReset(alice.session(), SealedSecret.copyOf(new byte[] {3}), NOON),
                proof(1),
                NOTHING_CHARGED,
                alice,
                once(1, "reset late")));
    assertFalse(accounts().close(closing(alice, step(2), NOTHING_CHARGED), once(1, "close late")));

    assertEquals(Optional.of(before), accounts().find(alice.user()));
    assertEquals(1, stores().sessions().list(alice.user()).size());
    assertEquals(Optional.empty(), stores().secondFactors().findTicket(hash("late")));
    assertEquals(Optional.empty(), stores().secondFactors().findReset(alice.session()));
    assertFalse(stores().replays().seen(once(1, "close late")));
  }

  @Test
  default void changePassword_otherSessionsAndTickets_end() {
    Account alice = register(stores(), 1, TestUser.named("alice"));
    Account bob = register(stores(), 2, TestUser.named("bob"));
    accounts().signIn(signIn(STEP.plus(1), "other"), once(1, "login"));
    issue(stores(), ticket(1, "hers"), step(2), NOTHING_CHARGED);
    issue(stores(), ticket(2, "his"), step(2), NOTHING_CHARGED);

    accounts()
        .changePassword(passwordChange(actor(alice), step(3), NOTHING_CHARGED), once(1, "change"));

    assertEquals(Optional.empty(), stores().sessions().find(hash("other")));
    assertTrue(stores().sessions().find(actor(alice).session()).isPresent());
    assertTrue(stores().sessions().find(actor(bob).session()).isPresent());
    assertEquals(Optional.empty(), stores().secondFactors().findTicket(hash("hers")));
    assertTrue(stores().secondFactors().findTicket(hash("his")).isPresent());
    assertEquals(Optional.of(bob), accounts().find(bob.id()));
  }

  @Test
  default void changePassword_spentFactor_changesNothing() {
    Account alice = register(stores(), 1, TestUser.named("alice"));
    accounts().signIn(signIn(STEP.plus(1), "other"), once(1, "login"));
    Settlement settlement = chargeUntilBlocked(stores());

    assertFalse(
        accounts()
            .changePassword(passwordChange(actor(alice), step(1), settlement), once(1, "change")));

    assertEquals(Optional.of(alice), accounts().find(alice.id()));
    assertTrue(stores().sessions().find(hash("other")).isPresent());
    assertFalse(stores().replays().seen(once(1, "change")));
    assertFalse(isSettled(stores()));
  }

  @Test
  default void changePassword_oneFactorFiftyTimes_isSpentOnce() {
    Actor alice = actor(register(stores(), 1, TestUser.named("alice")));

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(
            50,
            i ->
                accounts()
                    .changePassword(
                        passwordChange(alice, step(1), NOTHING_CHARGED), once(1, "change " + i)));

    assertEquals(1, count(outcomes, "true"), outcomes::toString);
    assertEquals(49, count(outcomes, "false"), outcomes::toString);
  }

  @Test
  default void changePassword_inNoSession_isRefused() {
    Account alice = register(stores(), 1, TestUser.named("alice"));
    register(stores(), 2, TestUser.named("bob"));

    assertWantsASession(
        stores(),
        (actor, once) ->
            accounts().changePassword(passwordChange(actor, step(1), NOTHING_CHARGED), once));

    assertEquals(Optional.of(alice), accounts().find(alice.id()));
  }

  private Optional<EncryptionKey> publishedKey() {
    return accounts().find(new UserId(1)).orElseThrow().profile().encryptionKey();
  }

  @Test
  default void publish_firstKey_stands() {
    Account alice = register(stores(), 1, TestUser.named("alice"));
    Account bob = register(stores(), 2, TestUser.named("bob"));
    EncryptionKey key = encryptionKey(1, 1);

    assertEquals(key, accounts().publish(key, actor(alice), once(1, "publish")));

    assertEquals(Optional.of(key), publishedKey());
    assertEquals(Optional.of(bob), accounts().find(bob.id()));
    assertTrue(stores().replays().seen(once(1, "publish")));
  }

  @Test
  default void publish_sameKeyWithAnotherSignature_keepsTheFirst() {
    Actor alice = actor(register(stores(), 1, TestUser.named("alice")));
    EncryptionKey key = encryptionKey(1, 1);
    accounts().publish(key, alice, once(1, "publish 1"));

    assertEquals(key, accounts().publish(encryptionKey(1, 2), alice, once(1, "publish 2")));

    assertEquals(Optional.of(key), publishedKey());
    assertTrue(stores().replays().seen(once(1, "publish 2")));
  }

  @Test
  default void publish_otherKey_keepsTheFirstAndSpendsNothing() {
    Actor alice = actor(register(stores(), 1, TestUser.named("alice")));
    EncryptionKey key = encryptionKey(1, 1);
    accounts().publish(key, alice, once(1, "publish 1"));

    assertEquals(key, accounts().publish(encryptionKey(2, 1), alice, once(1, "publish 2")));

    assertEquals(Optional.of(key), publishedKey());
    assertFalse(stores().replays().seen(once(1, "publish 2")));
  }

  @Test
  default void publish_fiftyKeysAtOnce_leavesOneForAll() {
    Actor alice = actor(register(stores(), 1, TestUser.named("alice")));

    List<Outcome<EncryptionKey>> outcomes =
        ConcurrentRuns.run(
            50, i -> accounts().publish(encryptionKey(i, 1), alice, once(1, "publish " + i)));

    String standing = publishedKey().orElseThrow().toString();
    assertEquals(50, count(outcomes, standing), outcomes::toString);
  }

  @Test
  default void publish_inNoSession_isRefused() {
    register(stores(), 1, TestUser.named("alice"));
    register(stores(), 2, TestUser.named("bob"));

    assertWantsASession(
        stores(), (actor, once) -> accounts().publish(encryptionKey(1, 1), actor, once));

    assertEquals(Optional.empty(), publishedKey());
  }

  @Test
  default void holdings_freshAccount_areItsCodesAndItsStep() {
    register(stores(), 1, TestUser.named("alice"));

    assertEquals(
        new Holdings(2, 1, 0, new Holdings.FailedAttempts(0, 0)),
        accounts().holdings(new UserId(1)));
  }

  @Test
  default void holdings_usedAccount_areAllThereIsOfIt() {
    register(stores(), 1, TestUser.named("alice"));
    register(stores(), 2, TestUser.named("bob"));
    issue(stores(), ticket(1, "t1"), step(1), NOTHING_CHARGED);
    issue(stores(), ticket(1, "t2"), recoveryCode(1, "alice"), NOTHING_CHARGED);
    chargeAccount(new UserId(1));

    assertEquals(
        new Holdings(1, 2, 2, new Holdings.FailedAttempts(2, 1)),
        accounts().holdings(new UserId(1)));
    assertEquals(
        new Holdings(2, 1, 0, new Holdings.FailedAttempts(0, 0)),
        accounts().holdings(new UserId(2)));
  }

  /** Two signed failures and an unsigned one. */
  private void chargeAccount(UserId user) {
    AttemptRule rule = AttemptRule.inARow(5, Duration.ofMinutes(15));
    stores().attempts().charge(AttemptCounter.signedFailuresOf(user), rule, NOON);
    stores().attempts().charge(AttemptCounter.signedFailuresOf(user), rule, NOON);
    stores().attempts().charge(AttemptCounter.unsignedFailuresOf(user), rule, NOON);
  }

  private static AccountClosing closing(Actor actor, SecondFactor factor, Settlement settlement) {
    return new AccountClosing(actor, proof(actor.user().value(), factor), NOON, settlement);
  }

  @Test
  default void close_freshFactor_takesAllThatHangsOnTheAccount() {
    TestUser keyOfAlice = TestUser.named("alice");
    Account alice = register(stores(), 1, keyOfAlice);
    Account bob = register(stores(), 2, TestUser.named("bob"));
    accounts().signIn(signIn(STEP.plus(1), "other"), once(1, "login"));
    SecondFactorStore factors = stores().secondFactors();
    issue(stores(), ticket(1, "hers"), step(2), NOTHING_CHARGED);
    issue(stores(), ticket(2, "his"), step(2), NOTHING_CHARGED);
    PendingReset reset =
        new PendingReset(actor(alice).session(), SealedSecret.copyOf(new byte[] {1}), NOON);
    factors.beginReset(reset, proof(1), NOTHING_CHARGED, actor(alice), once(1, "reset"));
    stores().blocks().block(bob.id(), NOON, 9, actor(alice), once(1, "block"));
    stores().blocks().block(alice.id(), NOON, 9, actor(bob), once(2, "block"));
    chargeAccount(alice.id());
    chargeAccount(bob.id());
    Profile again = AccountFixtures.renamed(keyOfAlice, "alice2", "alice2@example.org");
    stores().registrations().begin(pending(again, "own"), once(1, "r"));
    stores()
        .registrations()
        .begin(pending(TestUser.named("carl").profile(), "another's"), once(3, "r"));
    Settlement settlement = chargeUntilBlocked(stores());

    assertTrue(accounts().close(closing(actor(alice), step(3), settlement), once(1, "close")));

    Holdings none = new Holdings(0, 0, 0, new Holdings.FailedAttempts(0, 0));
    assertEquals(Optional.empty(), accounts().find(alice.id()));
    assertEquals(Optional.empty(), stores().sessions().find(actor(alice).session()));
    assertEquals(List.of(), stores().sessions().list(alice.id()));
    assertEquals(none, accounts().holdings(alice.id()));
    assertFalse(factors.isUnspent(alice.id(), recoveryCode(1, "alice")));
    assertEquals(Optional.empty(), factors.findTicket(hash("hers")));
    assertEquals(Optional.empty(), factors.findReset(actor(alice).session()));
    assertEquals(List.of(), stores().blocks().list(alice.id()));
    assertEquals(List.of(), stores().blocks().list(bob.id()));
    assertEquals(Optional.empty(), stores().registrations().find(hash("own")));
    assertTrue(stores().replays().seen(once(1, "close")));
    assertTrue(isSettled(stores()));

    assertEquals(Optional.of(bob), accounts().find(bob.id()));
    assertTrue(stores().sessions().find(actor(bob).session()).isPresent());
    assertEquals(
        new Holdings(2, 2, 1, new Holdings.FailedAttempts(2, 1)), accounts().holdings(bob.id()));
    assertTrue(stores().registrations().find(hash("another's")).isPresent());
  }

  @Test
  default void close_nameAndAddress_areFreeAgain() {
    Account alice = register(stores(), 1, TestUser.named("alice"));
    accounts().close(closing(actor(alice), step(1), NOTHING_CHARGED), once(1, "close"));

    Account second = register(stores(), 2, TestUser.named("ALICE"));

    assertEquals(Optional.of(second), accounts().find(AccountName.of(new Username("alice"))));
  }

  @Test
  default void close_id_neverIsAnothers() {
    Account alice = register(stores(), 1, TestUser.named("alice"));
    accounts().close(closing(actor(alice), step(1), NOTHING_CHARGED), once(1, "close"));
    Profile bob = TestUser.named("bob").profile();
    stores().registrations().begin(pending(bob, "bob's"), once(2, "r"));

    assertThrows(
        IllegalStateException.class,
        () ->
            stores()
                .registrations()
                .confirm(AccountFixtures.newAccount(1, bob, "bob's"), once(2, "c")));

    assertEquals(Optional.empty(), accounts().find(new UserId(1)));
    assertFalse(stores().replays().seen(once(2, "c")));
    assertTrue(stores().registrations().find(hash("bob's")).isPresent());
  }

  @Test
  default void close_spentFactor_changesNothing() {
    Account alice = register(stores(), 1, TestUser.named("alice"));
    Settlement settlement = chargeUntilBlocked(stores());

    assertFalse(accounts().close(closing(actor(alice), step(0), settlement), once(1, "close")));

    assertEquals(Optional.of(alice), accounts().find(alice.id()));
    assertTrue(stores().sessions().find(actor(alice).session()).isPresent());
    assertFalse(stores().replays().seen(once(1, "close")));
    assertFalse(isSettled(stores()));
  }

  @Test
  default void close_fiftyTimesAtOnce_closesOnce() {
    Actor alice = actor(register(stores(), 1, TestUser.named("alice")));

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(
            50,
            i ->
                accounts()
                    .close(closing(alice, step(i + 1), NOTHING_CHARGED), once(1, "close " + i)));

    assertEquals(1, count(outcomes, "true"), outcomes::toString);
    assertEquals(49, count(outcomes, Rejection.NOT_AUTHENTICATED.name()), outcomes::toString);
  }

  @Test
  default void close_inNoSession_isRefused() {
    Account alice = register(stores(), 1, TestUser.named("alice"));
    register(stores(), 2, TestUser.named("bob"));

    assertWantsASession(
        stores(),
        (actor, once) -> accounts().close(closing(actor, step(1), NOTHING_CHARGED), once));

    assertEquals(Optional.of(alice), accounts().find(alice.id()));
  }
}
