package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.usecase.ChatFixture.ADDRESS;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;
import static org.securechat.testkit.usecase.ChatFixture.client;
import static org.securechat.testkit.usecase.ChatFixture.presented;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.Confirmed;
import org.securechat.domain.account.ResetBegun;
import org.securechat.domain.account.ResetForm;
import org.securechat.domain.credential.LoginTicket;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.RecoveryCode;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.SessionState;
import org.securechat.domain.session.SessionToken;
import org.securechat.domain.session.SignedCaller;
import org.securechat.testkit.TestUser;

class ResetSecondFactorTest {
  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");
  private final Member member = fixture.join(alice);

  private TotpCode code(int stepsFromNow) {
    return fixture.code(member.secret(), stepsFromNow);
  }

  private ResetBegun begin(SessionToken token, String passwordHash, Optional<TotpCode> code) {
    return fixture
        .chat
        .accounts()
        .resetSecondFactor()
        .begin(
            fixture.calling(alice, token),
            new ResetForm(PasswordHash.presented(passwordHash), code),
            ADDRESS);
  }

  private ResetBegun begin() {
    return begin(member.token(), alice.passwordHash(), Optional.of(code(1)));
  }

  private Confirmed confirm(SignedCaller caller, TotpCode code) {
    return fixture.chat.accounts().confirmReset().confirm(caller, code, client());
  }

  private Confirmed confirm(SessionToken token, TotpCode code) {
    return confirm(fixture.calling(alice, token), code);
  }

  /** Signs in by a recovery code, into a session that waits for a reset. */
  private SessionToken recover(int number) {
    return fixture.logIn(alice, presented(member.recoveryCode(number))).token();
  }

  @Test
  void begin_fullSession_wantsPasswordAndCode() {
    RejectedException e =
        assertRejected(
            Rejection.INVALID_REQUEST,
            () -> begin(member.token(), alice.passwordHash(), Optional.empty()));
    assertEquals(Set.of("totp_code"), e.fields().keySet());
    assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> begin(member.token(), "wrong", Optional.of(code(1))));
    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> begin(member.token(), alice.passwordHash(), Optional.of(code(0))));

    ResetBegun begun = begin();

    assertNotEquals(member.secret().secretText(), begun.secret().secretText());
    assertTrue(begun.provisioningUri().contains(begun.secret().secretText()));
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, code(1)));
  }

  @Test
  void begin_sessionOfARecoveryCode_wantsThePasswordOnly() {
    SessionToken token = recover(0);

    assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> begin(token, "wrong", Optional.of(code(1))));
    begin(token, alice.passwordHash(), Optional.empty());
    begin(token, alice.passwordHash(), Optional.of(fixture.wrongCode(member.secret())));
  }

  @Test
  void begin_fifthFailureInARow_blocksEvenTheRightOne() {
    SessionToken token = recover(0);
    for (int i = 0; i < 5; i++) {
      assertRejected(Rejection.INVALID_CREDENTIALS, () -> begin(token, "wrong", Optional.empty()));
    }

    assertRejected(
        Rejection.RATE_LIMITED, () -> begin(token, alice.passwordHash(), Optional.empty()));
  }

  @Test
  void begin_unconfirmed_leavesTheOldFactorAndItsCodes() {
    ResetBegun begun = begin();

    assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, fixture.code(begun.secret(), 1)));
    fixture.logIn(alice, code(-1));
    recover(0);
  }

  @Test
  void confirm_newCode_putsTheNewFactorInThePlaceOfTheOld() {
    LoginTicket ticket = fixture.releaseKey(alice, presented(member.recoveryCode(9))).ticket();
    ResetBegun begun = begin();

    Confirmed confirmed = confirm(member.token(), fixture.code(begun.secret(), 0));

    assertFalse(confirmed.signedIn().account().resetRequired());
    assertEquals(alice.encryptedPrivateKey(), confirmed.signedIn().account().encryptedPrivateKey());
    assertEquals(
        10,
        new HashSet<>(confirmed.recoveryCodes().stream().map(RecoveryCode::secretText).toList())
            .size());
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, code(-1)));
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> recover(0));
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, presented(ticket)));
    fixture.logIn(alice, fixture.code(begun.secret(), 1));
    fixture.logIn(alice, presented(confirmed.recoveryCodes().get(0)));
  }

  @Test
  void confirm_newCode_replacesTheSession() {
    SessionToken other = fixture.logIn(alice, code(-1)).token();
    ResetBegun begun = begin();

    SessionToken token =
        confirm(member.token(), fixture.code(begun.secret(), 0)).signedIn().token();

    assertTrue(fixture.isOver(member.token()));
    assertFalse(fixture.isOver(other));
    assertEquals(SessionState.FULL, fixture.calling(alice, token).caller().session().state());
  }

  @Test
  void confirm_sessionOfARecoveryCode_becomesAFullOne() {
    SessionToken token = recover(0);
    ResetBegun begun = begin(token, alice.passwordHash(), Optional.empty());

    Confirmed confirmed = confirm(token, fixture.code(begun.secret(), 0));

    assertFalse(confirmed.signedIn().account().resetRequired());
    SignedCaller caller = fixture.calling(alice, confirmed.signedIn().token());
    assertEquals(SessionState.FULL, caller.caller().session().state());
    assertTrue(fixture.isOver(token));
  }

  /** Steps belong to a secret: those that the old one used are free for the new one. */
  @Test
  void confirm_inAStepThatTheOldSecretUsed_isAccepted() {
    ResetBegun begun = begin();

    confirm(member.token(), fixture.code(begun.secret(), 1));

    fixture.logIn(alice, fixture.code(begun.secret(), 0));
  }

  @Test
  void confirm_itsCode_isSpent() {
    ResetBegun begun = begin();
    confirm(member.token(), fixture.code(begun.secret(), 0));

    assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, fixture.code(begun.secret(), 0)));
  }

  @Test
  void confirm_wrongOrOldCode_isInvalidAndLeavesItWaiting() {
    ResetBegun begun = begin();

    assertRejected(
        Rejection.INVALID_TOTP, () -> confirm(member.token(), fixture.wrongCode(begun.secret())));
    confirm(member.token(), fixture.code(begun.secret(), 0));
  }

  @Test
  void confirm_fifthWrongCodeInARow_blocksEvenTheRightOne() {
    ResetBegun begun = begin();
    for (int i = 0; i < 5; i++) {
      assertRejected(
          Rejection.INVALID_TOTP, () -> confirm(member.token(), fixture.wrongCode(begun.secret())));
    }

    assertRejected(
        Rejection.RATE_LIMITED, () -> confirm(member.token(), fixture.code(begun.secret(), 0)));
  }

  @Test
  void confirm_noneBegun_isNoPendingReset() {
    assertRejected(Rejection.NO_PENDING_RESET, () -> confirm(member.token(), code(1)));
  }

  @Test
  void confirm_begunInAnotherSession_isNoPendingReset() {
    SessionToken other = fixture.logIn(alice, code(-1)).token();
    ResetBegun begun = begin();

    assertRejected(
        Rejection.NO_PENDING_RESET, () -> confirm(other, fixture.code(begun.secret(), 0)));
  }

  @Test
  void confirm_begunAgain_wantsTheLastSecret() {
    ResetBegun first = begin();
    ResetBegun second = begin(member.token(), alice.passwordHash(), Optional.of(code(-1)));

    assertRejected(
        Rejection.INVALID_TOTP, () -> confirm(member.token(), fixture.code(first.secret(), 0)));
    confirm(member.token(), fixture.code(second.secret(), 0));
  }

  @Test
  void confirm_untilFifteenMinutes_isAccepted() {
    ResetBegun begun = begin();
    fixture.clock.advance(Duration.ofMinutes(15).minusMillis(1));

    confirm(member.token(), fixture.code(begun.secret(), 0));
  }

  @Test
  void confirm_afterFifteenMinutes_isNoPendingReset() {
    ResetBegun begun = begin();
    fixture.clock.advance(Duration.ofMinutes(15));

    assertRejected(
        Rejection.NO_PENDING_RESET, () -> confirm(member.token(), fixture.code(begun.secret(), 0)));
  }

  @Test
  void confirm_sameRequestAgain_findsNone() {
    ResetBegun begun = begin();
    SignedCaller caller = fixture.calling(member);
    confirm(caller, fixture.code(begun.secret(), 0));

    assertRejected(
        Rejection.NO_PENDING_RESET, () -> confirm(caller, fixture.code(begun.secret(), 1)));
  }
}
