package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.usecase.ChatFixture.presented;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.RegistrationBegun;
import org.securechat.domain.account.ResetForm;
import org.securechat.domain.account.SignedIn;
import org.securechat.domain.credential.LoginTicket;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PresentedFactor;
import org.securechat.domain.credential.RemoteAddress;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.request.RequestSettings;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.request.SignedRequest;
import org.securechat.domain.request.TimelyRequest;
import org.securechat.domain.request.VerifySignedRequest;
import org.securechat.testkit.TestUser;

class HousekeepingTest {
  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");

  private void keepHouse() {
    while (fixture.chat.housekeeping().run()) {
      // Each run is one batch.
    }
  }

  @Test
  void run_requestStillAcceptable_isRemembered() {
    SignedRequest request = fixture.fresh(alice);
    fixture
        .chat
        .accounts()
        .registerAccount()
        .register(request, alice.registrationForm(), ChatFixture.client());
    fixture.clock.advance(Duration.ofMinutes(5));

    keepHouse();

    ChatFixture.assertRejected(
        Rejection.REPLAYED_REQUEST,
        () ->
            fixture
                .chat
                .accounts()
                .registerAccount()
                .register(request, alice.registrationForm(), ChatFixture.client()));
  }

  /** Time passes between the check of a request's age and the moment that spends it. */
  @Test
  void run_betweenTheCheckAndTheChange_forgetsNothing() {
    SignedRequest request = fixture.fresh(alice);
    fixture
        .chat
        .accounts()
        .registerAccount()
        .register(request, alice.registrationForm(), ChatFixture.client());
    fixture.clock.advance(Duration.ofMinutes(5).plusMillis(999));
    VerifySignedRequest verify =
        new VerifySignedRequest(
            fixture.ports.signatures(),
            fixture.ports.stores().replays(),
            RequestSettings.defaults(),
            fixture.clock);
    TimelyRequest timely = verify.requireTimely(request);

    fixture.clock.advance(Duration.ofSeconds(9));
    keepHouse();

    ChatFixture.assertRejected(
        Rejection.REPLAYED_REQUEST,
        () -> verify.verify(timely, SignatureRule.ORIGINAL_ONCE, alice.identityKey()));
  }

  @Test
  void run_everythingExpired_isGone() {
    RegistrationBegun begun = fixture.begin(TestUser.named("bob"));
    TotpSecret secret = fixture.register(alice);
    SignedIn signedIn = fixture.logIn(alice, fixture.code(secret, 1));

    fixture.clock.advance(Duration.ofMinutes(16));
    keepHouse();
    assertEquals(
        Optional.empty(), fixture.ports.stores().registrations().find(begun.token().hash()));
    assertTrue(fixture.ports.stores().sessions().find(signedIn.token().hash()).isPresent());

    fixture.clock.advance(Duration.ofHours(25));
    keepHouse();
    assertFalse(fixture.ports.stores().sessions().find(signedIn.token().hash()).isPresent());
  }

  @Test
  void run_moreThanABatch_saysSo() {
    for (int i = 0; i < 501; i++) {
      fixture
          .chat
          .accounts()
          .registerAccount()
          .register(
              fixture.fresh(alice),
              alice.registrationForm(),
              ChatFixture.client(new RemoteAddress("198.51.100." + i, false), Optional.empty()));
    }
    fixture.clock.advance(Duration.ofDays(1));

    assertTrue(fixture.chat.housekeeping().run());
    assertFalse(fixture.chat.housekeeping().run());
  }

  @Test
  void run_usedStepsStillAcceptable_stayUsed() {
    TotpSecret secret = fixture.register(alice);
    fixture.clock.advance(Duration.ofSeconds(30));

    keepHouse();

    ChatFixture.assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, fixture.code(secret, -1)));
  }

  @Test
  void run_ticket_staysUntilItIsTooOld() {
    TotpSecret secret = fixture.register(alice);
    LoginTicket ticket = fixture.releaseKey(alice, presented(fixture.code(secret, 1))).ticket();
    fixture.clock.advance(LoginTicket.LIFETIME);
    keepHouse();
    assertTrue(fixture.ports.stores().secondFactors().findTicket(ticket.hash()).isPresent());

    fixture.clock.advance(Duration.ofMillis(1));
    keepHouse();
    assertFalse(fixture.ports.stores().secondFactors().findTicket(ticket.hash()).isPresent());
  }

  @Test
  void run_reset_staysUntilItIsTooOld() {
    Member member = fixture.join(alice);
    ResetForm form =
        new ResetForm(
            PasswordHash.presented(alice.passwordHash()),
            Optional.of(fixture.code(member.secret(), 1)));
    fixture
        .chat
        .accounts()
        .resetSecondFactor()
        .begin(fixture.calling(member), form, ChatFixture.ADDRESS);
    fixture.clock.advance(Duration.ofMinutes(15));
    keepHouse();
    assertTrue(fixture.ports.stores().secondFactors().findReset(member.token().hash()).isPresent());

    fixture.clock.advance(Duration.ofMillis(1));
    keepHouse();
    assertFalse(
        fixture.ports.stores().secondFactors().findReset(member.token().hash()).isPresent());
  }

  private void failToReleaseKey(TestUser user, int times) {
    for (int i = 0; i < times; i++) {
      ChatFixture.assertRejected(
          Rejection.INVALID_CREDENTIALS,
          () -> fixture.releaseKey(user, presented(TotpCode.parse("000000"))));
    }
  }

  @Test
  void run_failuresForUnknownNames_areForgottenAfterAWeek() {
    TestUser nobody = TestUser.named("nobody");
    failToReleaseKey(nobody, 3);
    fixture.clock.advance(Duration.ofDays(7));
    keepHouse();
    failToReleaseKey(nobody, 2);
    ChatFixture.assertRejected(
        Rejection.RATE_LIMITED,
        () -> fixture.releaseKey(nobody, presented(TotpCode.parse("000000"))));

    fixture.clock.advance(Duration.ofDays(7));
    keepHouse();
    failToReleaseKey(nobody, 4);
  }

  @Test
  void run_failuresForAnAccount_areNeverForgotten() {
    TotpSecret secret = fixture.register(alice);
    for (int i = 0; i < 4; i++) {
      PresentedFactor wrong = presented(fixture.wrongCode(secret));
      ChatFixture.assertRejected(
          Rejection.INVALID_CREDENTIALS, () -> fixture.releaseKey(alice, wrong));
      fixture.clock.advance(Duration.ofDays(30));
      keepHouse();
    }

    PresentedFactor stillWrong = presented(fixture.wrongCode(secret));
    ChatFixture.assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> fixture.releaseKey(alice, stillWrong));
    ChatFixture.assertRejected(
        Rejection.RATE_LIMITED,
        () -> fixture.releaseKey(alice, presented(fixture.code(secret, 0))));
  }
}
