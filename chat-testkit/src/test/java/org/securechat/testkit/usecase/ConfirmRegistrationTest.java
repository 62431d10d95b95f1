package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;
import static org.securechat.testkit.usecase.ChatFixture.client;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.securechat.domain.account.Confirmed;
import org.securechat.domain.account.RegistrationBegun;
import org.securechat.domain.credential.RecoveryCode;
import org.securechat.domain.credential.RemoteAddress;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.request.SignedRequest;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.domain.session.SignedCaller;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestUser;

class ConfirmRegistrationTest {
  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");

  @Test
  void confirm_rightCode_makesTheAccountAndSignsIn() {
    RegistrationBegun begun = fixture.begin(alice);

    Confirmed confirmed = fixture.confirm(alice, begun, fixture.code(begun.secret(), 0));

    assertEquals(alice.profile(), confirmed.signedIn().account().account().profile());
    assertEquals(alice.encryptedPrivateKey(), confirmed.signedIn().account().encryptedPrivateKey());
    List<String> codes = confirmed.recoveryCodes().stream().map(RecoveryCode::secretText).toList();
    assertEquals(10, new HashSet<>(codes).size());
    assertTrue(codes.stream().allMatch(code -> code.matches("[0-9a-z]{4}(-[0-9a-z]{4}){3}")));
    SignedCaller caller =
        fixture
            .chat
            .authenticateCaller()
            .authenticate(
                fixture.fresh(alice),
                Optional.of(confirmed.signedIn().token()),
                SignatureRule.ORIGINAL_REPEATABLE,
                Access.FULL_SESSIONS);
    assertEquals(
        confirmed.signedIn().account(),
        fixture.chat.accounts().readOwnAccount().read(caller.caller()));
  }

  @Test
  void confirm_fifthWrongCode_endsTheRegistration() {
    RegistrationBegun begun = fixture.begin(alice);
    TotpCode wrong = fixture.wrongCode(begun.secret());

    for (int i = 0; i < 5; i++) {
      assertRejected(Rejection.INVALID_TOTP, () -> fixture.confirm(alice, begun, wrong));
    }
    assertRejected(
        Rejection.NO_PENDING_REGISTRATION,
        () -> fixture.confirm(alice, begun, fixture.code(begun.secret(), 0)));
  }

  @Test
  void confirm_fourWrongCodesAndARightOne_makesTheAccount() {
    RegistrationBegun begun = fixture.begin(alice);
    for (int i = 0; i < 4; i++) {
      assertRejected(
          Rejection.INVALID_TOTP,
          () -> fixture.confirm(alice, begun, fixture.wrongCode(begun.secret())));
    }

    fixture.confirm(alice, begun, fixture.code(begun.secret(), 0));
  }

  @Test
  void confirm_twoHundredWrongCodesAtOnce_areFiveGuesses() {
    RegistrationBegun begun = fixture.begin(alice);
    TotpCode wrong = fixture.wrongCode(begun.secret());
    List<SignedRequest> requests =
        IntStream.range(0, 200).mapToObj(i -> fixture.fresh(alice)).toList();

    List<Outcome<Confirmed>> outcomes =
        ConcurrentRuns.run(
            200,
            i ->
                fixture
                    .chat
                    .accounts()
                    .confirmRegistration()
                    .confirm(requests.get(i), () -> wrong, client(begun.token())));

    assertEquals(
        5,
        outcomes.stream()
            .filter(o -> o.rejection().equals(Optional.of(Rejection.INVALID_TOTP)))
            .count(),
        outcomes::toString);
  }

  @Test
  void confirm_afterFifteenMinutes_findsNone() {
    RegistrationBegun begun = fixture.begin(alice);
    fixture.clock.advance(Duration.ofMinutes(15));

    assertRejected(
        Rejection.NO_PENDING_REGISTRATION,
        () -> fixture.confirm(alice, begun, fixture.code(begun.secret(), 0)));
  }

  @Test
  void confirm_withoutCookie_findsNone() {
    RegistrationBegun begun = fixture.begin(alice);

    assertRejected(
        Rejection.NO_PENDING_REGISTRATION,
        () ->
            fixture
                .chat
                .accounts()
                .confirmRegistration()
                .confirm(fixture.fresh(alice), () -> fixture.code(begun.secret(), 0), client()));
  }

  @Test
  void confirm_signedByAnother_isRefusedUncharged() {
    RegistrationBegun begun = fixture.begin(alice);
    TestUser mallory = TestUser.named("mallory");
    for (int i = 0; i < 10; i++) {
      assertRejected(
          Rejection.INVALID_SIGNATURE,
          () -> fixture.confirm(mallory, begun, fixture.code(begun.secret(), 0)));
    }

    fixture.confirm(alice, begun, fixture.code(begun.secret(), 0));
  }

  @Test
  void confirm_nameTakenMeanwhile_isRefusedAndEnds() {
    RegistrationBegun begun = fixture.begin(alice);
    fixture.register(TestUser.named("ALICE"));
    TotpCode code = fixture.code(begun.secret(), 0);

    assertRejected(Rejection.USERNAME_TAKEN, () -> fixture.confirm(alice, begun, code));
    assertRejected(Rejection.NO_PENDING_REGISTRATION, () -> fixture.confirm(alice, begun, code));
  }

  /** Neither a taken name nor a repeated request is a guess. */
  @Test
  void confirm_rightCodesThatComeToNothing_chargeNoAddress() {
    fixture.register(TestUser.named("alice"));
    for (int i = 0; i < 60; i++) {
      TestUser late = TestUser.named("late" + i);
      RegistrationBegun begun =
          fixture
              .chat
              .accounts()
              .registerAccount()
              .register(
                  fixture.fresh(late),
                  late.registrationForm(),
                  client(new RemoteAddress("198.51.100." + i, false), Optional.empty()));
      TestUser first = TestUser.named("LATE" + i);
      RegistrationBegun taken =
          fixture
              .chat
              .accounts()
              .registerAccount()
              .register(
                  fixture.fresh(first),
                  first.registrationForm(),
                  client(new RemoteAddress("203.0.113." + i, false), Optional.empty()));
      fixture.confirm(first, taken, fixture.code(taken.secret(), 0));

      assertRejected(
          Rejection.USERNAME_TAKEN,
          () -> fixture.confirm(late, begun, fixture.code(begun.secret(), 0)));
    }
  }

  @Test
  void confirm_again_findsNone() {
    RegistrationBegun begun = fixture.begin(alice);
    SignedRequest request = fixture.fresh(alice);
    TotpCode code = fixture.code(begun.secret(), 0);
    fixture
        .chat
        .accounts()
        .confirmRegistration()
        .confirm(request, () -> code, client(begun.token()));

    assertRejected(
        Rejection.NO_PENDING_REGISTRATION,
        () ->
            fixture
                .chat
                .accounts()
                .confirmRegistration()
                .confirm(request, () -> code, client(begun.token())));
  }
}
