package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;
import static org.securechat.testkit.usecase.ChatFixture.presented;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.AccountExport;
import org.securechat.domain.account.Block;
import org.securechat.domain.account.ClosingForm;
import org.securechat.domain.account.Holdings;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionToken;
import org.securechat.testkit.TestUser;

class ExportAccountTest {
  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");
  private final Member member = fixture.join(alice);

  private AccountExport export() {
    return fixture.chat.accounts().exportAccount().export(fixture.calling(member).caller());
  }

  @Test
  void export_usedAccount_isEverythingHeldAboutIt() {
    Member bob = fixture.join(TestUser.named("bob"));
    SessionToken other = fixture.logIn(alice, fixture.code(member.secret(), 1)).token();
    fixture.releaseKey(alice, presented(member.recoveryCode(0)));
    fixture.chat.accounts().blockUser().block(fixture.calling(member), new Username("bob"));
    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> fixture.logIn(alice, fixture.wrongCode(member.secret())));

    AccountExport export = export();

    assertEquals(member.confirmed().signedIn().account(), export.account());
    assertEquals(
        List.of(member.token().hash(), other.hash()),
        export.sessions().stream().map(Session::tokenHash).toList());
    assertEquals(
        List.of(new Block(bob.id(), new Username("bob"), fixture.clock.instant())),
        export.blocks());
    assertEquals(new Holdings(9, 2, 1, new Holdings.FailedAttempts(1, 0)), export.holdings());
  }

  @Test
  void export_accountGoneMeanwhile_isNotAuthenticated() {
    Caller caller = fixture.calling(member).caller();
    fixture
        .chat
        .accounts()
        .closeAccount()
        .close(
            fixture.calling(member),
            new ClosingForm(
                PasswordHash.presented(alice.passwordHash()), fixture.code(member.secret(), 1)),
            ChatFixture.ADDRESS);

    assertRejected(
        Rejection.NOT_AUTHENTICATED, () -> fixture.chat.accounts().exportAccount().export(caller));
  }
}
