package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.usecase.ChatFixture.ADDRESS;
import static org.securechat.testkit.usecase.ChatFixture.address;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;
import static org.securechat.testkit.usecase.ChatFixture.presented;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.LoginForm;
import org.securechat.domain.account.ReleasedKey;
import org.securechat.domain.account.SignedIn;
import org.securechat.domain.credential.LoginTicket;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PasswordHasher;
import org.securechat.domain.credential.PasswordVerifier;
import org.securechat.domain.credential.PresentedFactor;
import org.securechat.domain.credential.RecoveryCode;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestUser;

class ReleaseKeyTest {
  private static final Set<Thread.State> WAITING =
      Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");
  private final Member member = fixture.join(alice);

  private PresentedFactor code(int stepsFromNow) {
    return presented(fixture.code(member.secret(), stepsFromNow));
  }

  private PresentedFactor wrongCode() {
    return presented(fixture.wrongCode(member.secret()));
  }

  /** Fails so many times, each time from another address. */
  private void failInARow(TestUser user, int times, int firstAddress) {
    for (int i = 0; i < times; i++) {
      int number = firstAddress + i;
      assertRejected(
          Rejection.INVALID_CREDENTIALS,
          () -> fixture.releaseKey(user, user.passwordHash(), wrongCode(), address(number)));
    }
  }

  /** Fails so many times, waiting whenever that blocks. */
  private void failInARowAndWait(TestUser user, int times) {
    for (int failed = 0; failed < times; failed += 5) {
      failInARow(user, 5, failed);
      fixture.clock.advance(Duration.ofMinutes(15));
    }
  }

  @Test
  void release_byCode_givesTheKeyAndSpendsTheCode() {
    ReleasedKey released = fixture.releaseKey(alice, code(1));

    assertEquals(alice.profile(), released.profile());
    assertEquals(alice.encryptedPrivateKey(), released.encryptedPrivateKey());
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.releaseKey(alice, code(1)));
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, code(1)));
  }

  @Test
  void release_byRecoveryCodeAsTyped_givesTheKeyAndSpendsTheCode() {
    String typed =
        " " + member.recoveryCode(3).secretText().toUpperCase(Locale.ROOT).replace("-", "");

    fixture.releaseKey(alice, presented(RecoveryCode.presented(typed)));

    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> fixture.releaseKey(alice, presented(member.recoveryCode(3))));
    fixture.releaseKey(alice, presented(member.recoveryCode(4)));
  }

  @Test
  void release_byAddressInOtherCase_givesTheKey() {
    LoginForm form =
        new LoginForm(
            AccountName.of(new EmailAddress("ALICE@example.org")),
            PasswordHash.presented(alice.passwordHash()),
            code(1));

    ReleasedKey released = fixture.chat.accounts().releaseKey().release(form, ADDRESS);

    assertEquals(alice.encryptedPrivateKey(), released.encryptedPrivateKey());
  }

  @Test
  void release_unknownNameWrongPasswordOrFactor_isOneAnswer() {
    TestUser nobody = TestUser.named("nobody");
    RecoveryCode unknown = RecoveryCode.presented("0000-0000-0000-0000");

    assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.releaseKey(nobody, code(1)));
    assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> fixture.releaseKey(alice, "wrong", code(1), ADDRESS));
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.releaseKey(alice, wrongCode()));
    assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> fixture.releaseKey(alice, presented(unknown)));
  }

  @Test
  void release_wrongPassword_spendsNoFactor() {
    for (PresentedFactor factor : List.of(code(1), presented(member.recoveryCode(0)))) {
      assertRejected(
          Rejection.INVALID_CREDENTIALS, () -> fixture.releaseKey(alice, "wrong", factor, ADDRESS));
      fixture.releaseKey(alice, factor);
    }
  }

  @Test
  void release_recoveryCodeOfAnother_isRefused() {
    Member bob = fixture.join(TestUser.named("bob"));

    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> fixture.releaseKey(alice, presented(bob.recoveryCode(0))));
  }

  @Test
  void release_oneCodeFiftyTimesAtOnce_isSpentOnce() {
    PresentedFactor code = code(1);

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(
            50,
            i -> {
              fixture.releaseKey(alice, alice.passwordHash(), code, address(i));
              return true;
            });

    assertEquals(
        1, outcomes.stream().filter(o -> o.toString().equals("true")).count(), outcomes::toString);
  }

  @Test
  void release_fifthFailureInARow_blocksEvenTheRightOne() {
    failInARow(alice, 5, 0);

    RejectedException e =
        assertRejected(Rejection.RATE_LIMITED, () -> fixture.releaseKey(alice, code(1)));
    assertEquals(Optional.of(Duration.ofMinutes(15)), e.retryAfter());
    fixture.clock.advance(Duration.ofMinutes(15));
    fixture.releaseKey(alice, code(0));
  }

  @Test
  void release_successInBetween_clearsTheCount() {
    for (int round = 0; round < 3; round++) {
      failInARow(alice, 4, 0);
      fixture.releaseKey(alice, code(1));
      fixture.clock.advance(Duration.ofSeconds(30));
    }
  }

  @Test
  void release_unknownName_isBlockedLikeAnAccount() {
    TestUser nobody = TestUser.named("nobody");
    failInARow(nobody, 5, 0);

    RejectedException e =
        assertRejected(Rejection.RATE_LIMITED, () -> fixture.releaseKey(nobody, code(1)));

    assertEquals(Optional.of(Duration.ofMinutes(15)), e.retryAfter());
    TestUser shouting = TestUser.named("NOBODY");
    assertRejected(Rejection.RATE_LIMITED, () -> fixture.releaseKey(shouting, code(1)));
    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> fixture.releaseKey(TestUser.named("nobody2"), code(1)));
    fixture.clock.advance(Duration.ofMinutes(15));
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.releaseKey(nobody, code(1)));
  }

  @Test
  void release_hundredthFailureInARow_closesUntilTheOwnerSignsIn() {
    failInARowAndWait(alice, 95);
    failInARow(alice, 5, 95);
    fixture.clock.advance(Duration.ofDays(3650));

    assertRejected(Rejection.RATE_LIMITED, () -> fixture.releaseKey(alice, code(1)));
    fixture.logIn(alice, code(-1));
    fixture.releaseKey(alice, code(1));
  }

  @Test
  void release_whatIsShut_tellsNoMoreThanABlock() {
    TestUser nobody = TestUser.named("nobody");
    for (TestUser user : List.of(alice, nobody)) {
      failInARowAndWait(user, 100);
      RejectedException e =
          assertRejected(
              Rejection.RATE_LIMITED,
              () -> fixture.releaseKey(user, user.passwordHash(), wrongCode(), address(0)));
      assertEquals(Optional.of(Duration.ofMinutes(15)), e.retryAfter(), user.name());
    }
  }

  /** Holds everybody who asks until it is opened, and counts them. */
  private static final class GatedHasher implements PasswordHasher {
    private final PasswordHasher hasher;
    private final AtomicInteger entered = new AtomicInteger();
    private final CountDownLatch opened = new CountDownLatch(1);

    GatedHasher(PasswordHasher hasher) {
      this.hasher = hasher;
    }

    @Override
    public PasswordVerifier hash(PasswordHash received) {
      return hasher.hash(received);
    }

    @Override
    public PasswordVerifier decoy() {
      return hasher.decoy();
    }

    @Override
    public boolean matches(PasswordVerifier verifier, PasswordHash presented) {
      entered.incrementAndGet();
      try {
        opened.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return hasher.matches(verifier, presented);
    }
  }

  @Test
  @Timeout(60)
  void release_manyAtOnce_takeTheirShareOfTheHasherAndNoMore() throws InterruptedException {
    GatedHasher gated = new GatedHasher(fixture.ports.passwords());
    ChatFixture stormed = fixture.with(gated);
    int share = ChatSettings.defaults().credentials().unsignedAtOnce();
    List<Thread> callers =
        IntStream.range(0, share + 10)
            .mapToObj(i -> {
              TestUser nobody = TestUser.named("nobody" + i);
              return new Thread(() ->
                  assertRejected(
                      Rejection.INVALID_CREDENTIALS,
                      () ->
                          stormed.releaseKey(
                              nobody, nobody.passwordHash(), wrongCode(), address(i))));
            })
            .toList();
    callers.forEach(caller -> {
      caller.setDaemon(true);
      caller.start();
    });
    while (!callers.stream().allMatch(caller -> WAITING.contains(caller.getState()))) {
      Thread.onSpinWait();
    }

    assertEquals(share, gated.entered.get());

    gated.opened.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(share + 10, gated.entered.get());
  }

  @Test
  void release_hundredthFailureForAnUnknownName_closesTheSame() {
    TestUser nobody = TestUser.named("nobody");
    failInARowAndWait(nobody, 95);
    failInARow(nobody, 5, 95);
    fixture.clock.advance(Duration.ofDays(7).minusMillis(1));

    assertRejected(Rejection.RATE_LIMITED, () -> fixture.releaseKey(nobody, code(1)));
  }

  @Test
  void release_strangersFailures_lockNoSignedLoginOut() {
    failInARow(alice, 5, 0);

    fixture.logIn(alice, code(1));
  }

  @Test
  void release_signedFailures_countApart() {
    for (int i = 0; i < 5; i++) {
      assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, wrongCode()));
    }

    assertRejected(Rejection.RATE_LIMITED, () -> fixture.logIn(alice, code(1)));
    fixture.releaseKey(alice, code(1));
    assertRejected(Rejection.RATE_LIMITED, () -> fixture.logIn(alice, code(-1)));
  }

  @Test
  void release_fiftiethFailureFromOneAddress_blocksTheAddressOnly() {
    for (int i = 0; i < 50; i++) {
      TestUser nobody = TestUser.named("nobody" + i);
      assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.releaseKey(nobody, code(1)));
    }

    assertRejected(Rejection.RATE_LIMITED, () -> fixture.releaseKey(alice, code(1)));
    fixture.releaseKey(alice, alice.passwordHash(), code(1), address(1));
  }

  @Test
  void release_successes_chargeNoAddress() {
    for (int i = 0; i < 60; i++) {
      fixture.clock.advance(Duration.ofSeconds(30));
      fixture.releaseKey(alice, code(0));
    }
  }

  @Test
  void release_thousandWrongCodesFromAsManyAddresses_areFiveGuesses() {
    PresentedFactor wrong = wrongCode();
    Map<Rejection, Integer> guesses = new ConcurrentHashMap<>();

    List<Outcome<Boolean>> outcomes =
        ConcurrentRuns.run(
            100,
            thread -> {
              for (int i = thread * 10; i < thread * 10 + 10; i++) {
                int number = i;
                RejectedException e =
                    assertThrows(
                        RejectedException.class,
                        () ->
                            fixture.releaseKey(
                                alice, alice.passwordHash(), wrong, address(number)));
                guesses.merge(e.reason(), 1, Integer::sum);
              }
              return true;
            });

    assertEquals(
        100, outcomes.stream().filter(o -> o.thrown() == null).count(), outcomes::toString);
    assertEquals(Map.of(Rejection.INVALID_CREDENTIALS, 5, Rejection.RATE_LIMITED, 995), guesses);
  }

  @Test
  void release_hasherTooBusy_chargesNobody() {
    ChatFixture overloaded = fixture.with(new BusyHasher(fixture.ports.passwords()));
    for (int i = 0; i < 60; i++) {
      assertThrows(UnavailableException.class, () -> overloaded.releaseKey(alice, code(1)));
    }

    fixture.releaseKey(alice, code(1));
  }

  @Test
  void ticket_ofTheDeviceWithTheKey_signsInOnce() {
    LoginTicket ticket = fixture.releaseKey(alice, code(1)).ticket();

    SignedIn signedIn = fixture.logIn(alice, presented(ticket));

    assertFalse(signedIn.account().resetRequired());
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, presented(ticket)));
  }

  @Test
  void ticket_gotByRecoveryCode_wantsANewSecondFactor() {
    LoginTicket ticket = fixture.releaseKey(alice, presented(member.recoveryCode(0))).ticket();

    assertTrue(fixture.logIn(alice, presented(ticket)).account().resetRequired());
  }

  @Test
  void ticket_untilTwoMinutes_isGood() {
    LoginTicket ticket = fixture.releaseKey(alice, code(1)).ticket();
    fixture.clock.advance(Duration.ofMinutes(2).minusMillis(1));

    fixture.logIn(alice, presented(ticket));
  }

  @Test
  void ticket_afterTwoMinutes_isRefused() {
    LoginTicket ticket = fixture.releaseKey(alice, code(1)).ticket();
    fixture.clock.advance(Duration.ofMinutes(2));

    assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, presented(ticket)));
  }

  @Test
  void ticket_ofAnother_isRefusedAndStaysGood() {
    Member bob = fixture.join(TestUser.named("bob"));
    LoginTicket ticket = fixture.releaseKey(alice, code(1)).ticket();

    assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(bob.user(), presented(ticket)));
    fixture.logIn(alice, presented(ticket));
  }

  @Test
  void ticket_withAWrongPassword_staysGood() {
    LoginTicket ticket = fixture.releaseKey(alice, code(1)).ticket();

    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> fixture.logIn(alice, "wrong", presented(ticket), ADDRESS));
    fixture.logIn(alice, presented(ticket));
  }

  @Test
  void ticket_neverIssued_isRefused() {
    for (String text : List.of("", "x", "A".repeat(43), "\ud800")) {
      assertRejected(
          Rejection.INVALID_CREDENTIALS,
          () ->
              fixture.logIn(
                  alice, alice.passwordHash(), presented(LoginTicket.presented(text)), address(1)));
      fixture.clock.advance(Duration.ofMinutes(15));
    }
  }
}
