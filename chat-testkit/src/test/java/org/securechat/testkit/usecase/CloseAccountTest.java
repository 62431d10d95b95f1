package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.securechat.testkit.usecase.ChatFixture.ADDRESS;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;
import static org.securechat.testkit.usecase.ChatFixture.presented;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.ClosingForm;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.SignedCaller;
import org.securechat.testkit.TestUser;

class CloseAccountTest {
  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");
  private final Member member = fixture.join(alice);

  private TotpCode code(int stepsFromNow) {
    return fixture.code(member.secret(), stepsFromNow);
  }

  private void close(SignedCaller caller, String passwordHash, TotpCode code) {
    ClosingForm form = new ClosingForm(PasswordHash.presented(passwordHash), code);
    fixture.chat.accounts().closeAccount().close(caller, form, ADDRESS);
  }

  private void close(String passwordHash, TotpCode code) {
    close(fixture.calling(member), passwordHash, code);
  }

  @Test
  void close_rightPasswordAndCode_endsEveryWayIn() {
    close(alice.passwordHash(), code(1));

    assertRejected(Rejection.NOT_AUTHENTICATED, () -> fixture.calling(member));
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, code(-1)));
    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> fixture.releaseKey(alice, presented(member.recoveryCode(0))));
    assertRejected(
        Rejection.NOT_FOUND, () -> fixture.chat.accounts().readUser().read(new Username("alice")));
  }

  @Test
  void close_name_isFreeForSomebodyElse() {
    close(alice.passwordHash(), code(1));

    Member second = fixture.join(TestUser.named("ALICE"));

    assertNotEquals(member.id(), second.id());
  }

  @Test
  void close_blocksOfOthers_goWithIt() {
    Member bob = fixture.join(TestUser.named("bob"));
    fixture.chat.accounts().blockUser().block(fixture.calling(bob), new Username("alice"));

    close(alice.passwordHash(), code(1));

    assertEquals(
        List.of(), fixture.chat.accounts().listBlocks().list(fixture.calling(bob).caller()));
  }

  @Test
  void close_wrongPasswordOrCode_changesNothing() {
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> close("wrong", code(1)));
    assertRejected(Rejection.INVALID_CREDENTIALS, () -> close(alice.passwordHash(), code(0)));
    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> close(alice.passwordHash(), fixture.wrongCode(member.secret())));

    fixture.calling(member);
    fixture.logIn(alice, code(1));
  }

  @Test
  void close_fifthFailureInARow_blocksEvenTheRightOne() {
    for (int i = 0; i < 5; i++) {
      assertRejected(Rejection.INVALID_CREDENTIALS, () -> close("wrong", code(1)));
    }

    assertRejected(Rejection.RATE_LIMITED, () -> close(alice.passwordHash(), code(1)));
  }

  @Test
  void close_again_isNotAuthenticated() {
    SignedCaller first = fixture.calling(member);
    SignedCaller second = fixture.calling(member);
    close(first, alice.passwordHash(), code(1));

    assertRejected(
        Rejection.NOT_AUTHENTICATED, () -> close(second, alice.passwordHash(), code(-1)));
  }
}
