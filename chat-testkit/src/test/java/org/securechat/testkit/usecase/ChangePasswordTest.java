package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.usecase.ChatFixture.ADDRESS;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;
import static org.securechat.testkit.usecase.ChatFixture.presented;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.EncryptedPrivateKey;
import org.securechat.domain.account.EncryptionIv;
import org.securechat.domain.account.KdfParameters;
import org.securechat.domain.account.PasswordForm;
import org.securechat.domain.account.ReleasedKey;
import org.securechat.domain.credential.LoginTicket;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.SessionToken;
import org.securechat.domain.session.SignedCaller;
import org.securechat.testkit.TestUser;

class ChangePasswordTest {
  private static final String NEW_HASH = "cd".repeat(32);
  private static final EncryptedPrivateKey NEW_KEY =
      EncryptedPrivateKey.copyOf("the key, wrapped anew".getBytes(StandardCharsets.UTF_8));
  private static final EncryptionIv NEW_IV = new EncryptionIv("ff".repeat(12));
  private static final KdfParameters NEW_KDF = new KdfParameters(65_536, 3, 2);

  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");
  private final Member member = fixture.join(alice);

  private TotpCode code(int stepsFromNow) {
    return fixture.code(member.secret(), stepsFromNow);
  }

  private void change(SignedCaller caller, String currentHash, TotpCode code) {
    PasswordForm form =
        new PasswordForm(
            PasswordHash.presented(currentHash),
            code,
            PasswordHash.parse(NEW_HASH),
            NEW_KEY,
            NEW_IV,
            NEW_KDF);
    fixture.chat.accounts().changePassword().change(caller, form, ADDRESS);
  }

  private void change(String currentHash, TotpCode code) {
    change(fixture.calling(member), currentHash, code);
  }

  @Test
  void change_rightPasswordAndCode_letsOnlyTheNewOneIn() {
    change(alice.passwordHash(), code(1));

    assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, presented(code(-1))));
    fixture.logIn(alice, NEW_HASH, presented(code(-1)), ADDRESS);
  }

  @Test
  void change_rightPasswordAndCode_keepsTheNewWrapping() {
    change(alice.passwordHash(), code(1));

    ReleasedKey released =
        fixture.releaseKey(alice, NEW_HASH, presented(member.recoveryCode(0)), ADDRESS);

    assertEquals(NEW_KEY, released.encryptedPrivateKey());
    assertEquals(NEW_IV, released.profile().encryptionIv());
    assertEquals(NEW_KDF, released.profile().kdf());
    assertEquals(NEW_KDF, fixture.chat.accounts().readKdf().read(ChatFixture.nameOf(alice)));
    assertEquals(alice.identityKey(), released.profile().identityKey());
  }

  @Test
  void change_otherSessionsAndTickets_endAndThisOneStays() {
    SessionToken other = fixture.logIn(alice, code(1)).token();
    LoginTicket ticket = fixture.releaseKey(alice, presented(member.recoveryCode(0))).ticket();

    change(alice.passwordHash(), code(-1));

    assertTrue(fixture.isOver(other));
    assertFalse(fixture.isOver(member.token()));
    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> fixture.logIn(alice, NEW_HASH, presented(ticket), ADDRESS));
  }

  @Test
  void change_code_isSpent() {
    change(alice.passwordHash(), code(1));

    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> fixture.logIn(alice, NEW_HASH, presented(code(1)), ADDRESS));
  }

  @Test
  void change_wrongPasswordOrSpentOrWrongCode_changesNothing() {
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> change("wrong", code(1)));
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> change(alice.passwordHash(), code(0)));
    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> change(alice.passwordHash(), fixture.wrongCode(member.secret())));

    fixture.logIn(alice, code(1));
  }

  @Test
  void change_fifthFailureInARow_blocksEvenTheRightOneAndEndsNoSession() {
    for (int i = 0; i < 5; i++) {
      assertRejected(Rejection.INVALID_CREDENTIALS, () -> change("wrong", code(1)));
    }

    assertRejected(Rejection.RATE_LIMITED, () -> change(alice.passwordHash(), code(1)));
    assertRejected(Rejection.RATE_LIMITED, () -> fixture.logIn(alice, code(1)));
    fixture.calling(member);
  }

  @Test
  void change_success_clearsTheCount() {
    for (int i = 0; i < 4; i++) {
      assertRejected(Rejection.INVALID_CREDENTIALS, () -> change("wrong", code(1)));
    }
    change(alice.passwordHash(), code(1));

    assertRejected(Rejection.INVALID_CREDENTIALS, () -> change("wrong", code(-1)));
    change(NEW_HASH, code(-1));
  }

  @Test
  void change_sameRequestAgain_isReplayedUncharged() {
    SignedCaller caller = fixture.calling(member);
    change(caller, alice.passwordHash(), code(1));

    for (int i = 0; i < 60; i++) {
      assertRejected(Rejection.REPLAYED_REQUEST, () -> change(caller, NEW_HASH, code(-1)));
    }
  }

  @Test
  void change_sessionEndedMeanwhile_isNotAuthenticated() {
    SignedCaller caller = fixture.calling(member);
    fixture.chat.accounts().logOut().logOut(fixture.calling(member));

    assertRejected(
        Rejection.NOT_AUTHENTICATED, () -> change(caller, alice.passwordHash(), code(1)));

    fixture.logIn(alice, code(1));
  }
}
