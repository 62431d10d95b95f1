package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;
import static org.securechat.testkit.usecase.ChatFixture.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.securechat.domain.ChatPorts;
import org.securechat.domain.ChatSettings;
import org.securechat.domain.account.AccountName;
import org.securechat.domain.account.LoginForm;
import org.securechat.domain.account.SignedIn;
import org.securechat.domain.credential.PasswordHash;
import org.securechat.domain.credential.PresentedFactor;
import org.securechat.domain.credential.RemoteAddress;
import org.securechat.domain.credential.TotpCode;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.identity.EmailAddress;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.request.SignedRequest;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestUser;

class LogInTest {
  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");
  private final TotpSecret secret = fixture.register(alice);

  @Test
  void logIn_byName_opensASession() {
    SignedIn signedIn = fixture.logIn(alice, fixture.code(secret, 1));

    assertEquals(alice.profile(), signedIn.account().account().profile());
    assertEquals(alice.encryptedPrivateKey(), signedIn.account().encryptedPrivateKey());
    assertTrue(fixture.ports.stores().sessions().find(signedIn.token().hash()).isPresent());
  }

  @Test
  void logIn_byAddressInOtherCase_opensASession() {
    LoginForm login =
        new LoginForm(
            AccountName.of(new EmailAddress("ALICE@example.org")),
            PasswordHash.presented(alice.passwordHash()),
            new PresentedFactor.Totp(fixture.code(secret, 1)));

    fixture.chat.accounts().logIn().logIn(fixture.fresh(alice), () -> login, client());
  }

  @Test
  void logIn_withTheCodeThatConfirmed_isRefused() {
    assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, fixture.code(secret, 0)));
  }

  @Test
  void logIn_codeTwice_isRefused() {
    fixture.logIn(alice, fixture.code(secret, 1));

    assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, fixture.code(secret, 1)));
  }

  @Test
  void logIn_sameRequestAgain_isReplayedUncharged() {
    SignedRequest request = fixture.fresh(alice);
    TotpCode code = fixture.code(secret, 1);
    fixture.logIn(alice, request, alice.passwordHash(), code, client());

    for (int i = 0; i < 60; i++) {
      assertRejected(
          Rejection.REPLAYED_REQUEST,
          () -> fixture.logIn(alice, request, alice.passwordHash(), code, client()));
    }
  }

  @Test
  void logIn_unknownUserWrongSignaturePasswordOrCode_isOneAnswer() {
    TestUser nobody = TestUser.named("nobody");
    TestUser mallory = TestUser.named("alice");

    assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(nobody, fixture.code(secret, 1)));
    assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(mallory, fixture.code(secret, 1)));
    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () ->
            fixture.logIn(alice, fixture.fresh(alice), "wrong", fixture.code(secret, 1), client()));
    assertRejected(
        Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, fixture.wrongCode(secret)));
  }

  @Test
  void logIn_wrongPassword_leavesTheCodeUnspent() {
    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () ->
            fixture.logIn(alice, fixture.fresh(alice), "wrong", fixture.code(secret, 1), client()));

    fixture.logIn(alice, fixture.code(secret, 1));
  }

  @Test
  void logIn_fifthFailureInARow_blocksEvenTheRightOne() {
    for (int i = 0; i < 5; i++) {
      assertRejected(
          Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, fixture.wrongCode(secret)));
    }

    RejectedException e =
        assertRejected(Rejection.RATE_LIMITED, () -> fixture.logIn(alice, fixture.code(secret, 1)));
    assertEquals(Optional.of(Duration.ofMinutes(15)), e.retryAfter());
    fixture.clock.advance(Duration.ofMinutes(15));
    fixture.logIn(alice, fixture.code(secret, 0));
  }

  @Test
  void logIn_successInBetween_clearsTheCount() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 4; i++) {
        assertRejected(
            Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, fixture.wrongCode(secret)));
      }
      fixture.logIn(alice, fixture.code(secret, 1));
      fixture.clock.advance(Duration.ofSeconds(30));
    }
  }

  @Test
  void logIn_tenthFailureInARow_blocksAgain() {
    for (int block = 0; block < 2; block++) {
      for (int i = 0; i < 5; i++) {
        assertRejected(
            Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(alice, fixture.wrongCode(secret)));
      }
      assertRejected(Rejection.RATE_LIMITED, () -> fixture.logIn(alice, fixture.code(secret, 1)));
      fixture.clock.advance(Duration.ofMinutes(15));
    }
  }

  @Test
  void logIn_strangersWithoutTheKey_lockNobodyOut() {
    TestUser mallory = TestUser.named("alice");
    for (int i = 0; i < 40; i++) {
      assertRejected(
          Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(mallory, fixture.code(secret, 1)));
    }

    fixture.logIn(alice, fixture.code(secret, 1));
  }

  @Test
  void logIn_fiftiethFailureFromOneAddress_blocksTheAddressOnly() {
    TestUser mallory = TestUser.named("alice");
    for (int i = 0; i < 50; i++) {
      assertRejected(
          Rejection.INVALID_CREDENTIALS, () -> fixture.logIn(mallory, fixture.code(secret, 1)));
    }

    assertRejected(Rejection.RATE_LIMITED, () -> fixture.logIn(alice, fixture.code(secret, 1)));
    fixture.logIn(
        alice,
        fixture.fresh(alice),
        alice.passwordHash(),
        fixture.code(secret, 1),
        client(new RemoteAddress("192.0.2.2", false), Optional.empty()));
  }

  @Test
  void logIn_loopbackInDevelopment_countsForNoAddress() {
    ChatSettings defaults = ChatSettings.defaults();
    ChatFixture development =
        new ChatFixture(
            new ChatSettings(
                defaults.requests(),
                defaults.sessions(),
                defaults.registrations(),
                defaults.credentials().exceptLoopback(),
                defaults.blocks()));
    TotpSecret developmentSecret = development.register(alice);
    TestUser mallory = TestUser.named("alice");
    RemoteAddress loopback = new RemoteAddress("127.0.0.1", true);
    for (int i = 0; i < 60; i++) {
      assertRejected(
          Rejection.INVALID_CREDENTIALS,
          () ->
              development.logIn(
                  mallory,
                  development.fresh(mallory),
                  alice.passwordHash(),
                  development.code(developmentSecret, 1),
                  client(loopback, Optional.empty())));
    }
  }

  @Test
  void logIn_twoHundredWrongCodesAtOnce_areFiveGuesses() {
    TotpCode wrong = fixture.wrongCode(secret);
    List<SignedRequest> requests =
        IntStream.range(0, 200).mapToObj(i -> fixture.fresh(alice)).toList();
    List<RemoteAddress> addresses =
        IntStream.range(0, 200).mapToObj(i -> new RemoteAddress("198.51.100." + i, false)).toList();

    List<Outcome<SignedIn>> outcomes =
        ConcurrentRuns.run(
            200,
            i ->
                fixture.logIn(
                    alice,
                    requests.get(i),
                    alice.passwordHash(),
                    wrong,
                    client(addresses.get(i), Optional.empty())));

    assertEquals(
        5,
        outcomes.stream()
            .filter(o -> o.rejection().equals(Optional.of(Rejection.INVALID_CREDENTIALS)))
            .count(),
        outcomes::toString);
    assertEquals(
        195,
        outcomes.stream()
            .filter(o -> o.rejection().equals(Optional.of(Rejection.RATE_LIMITED)))
            .count(),
        outcomes::toString);
  }

  @Test
  void logIn_hasherTooBusy_chargesNobody() {
    ChatPorts ports = fixture.ports;
    BusyHasher busy = new BusyHasher(ports.passwords());
    ChatFixture overloaded =
        new ChatFixture(
            new ChatPorts(
                ports.stores(),
                ports.signatures(),
                busy,
                ports.totpCodes(),
                ports.secretBox(),
                ports.names(),
                ports.random(),
                ports.clock()),
            ChatSettings.defaults());
    for (int i = 0; i < 60; i++) {
      SignedRequest request = fixture.fresh(alice);
      assertThrows(
          UnavailableException.class,
          () ->
              overloaded.logIn(
                  alice, request, alice.passwordHash(), fixture.code(secret, 1), client()));
    }

    fixture.logIn(alice, fixture.code(secret, 1));
  }

  @Test
  void logIn_withTheCookieOfASession_endsIt() {
    SignedIn first = fixture.logIn(alice, fixture.code(secret, 1));
    fixture.clock.advance(Duration.ofMinutes(1));

    fixture.logIn(
        alice,
        fixture.fresh(alice),
        alice.passwordHash(),
        fixture.code(secret, 0),
        client(first.token()));

    assertFalse(fixture.ports.stores().sessions().find(first.token().hash()).isPresent());
  }

  /** The calls to ports that a refused login makes. */
  private List<String> callsOfRefused(TestUser user, String passwordHash, TotpCode code) {
    CountingPorts counting = new CountingPorts(fixture.ports);
    ChatFixture counted = new ChatFixture(counting.ports(), ChatSettings.defaults());
    SignedRequest request = fixture.fresh(user);
    return counting.during(() ->
        assertRejected(
            Rejection.INVALID_CREDENTIALS,
            () -> counted.logIn(user, request, passwordHash, code, client())));
  }

  @Test
  void logIn_unknownUserAndBadSignature_costTheSame() {
    TestUser nobody = TestUser.named("nobody");
    TestUser mallory = TestUser.named("alice");
    TotpCode code = fixture.code(secret, 1);

    List<String> unknown = callsOfRefused(nobody, nobody.passwordHash(), code);
    List<String> badSignature = callsOfRefused(mallory, alice.passwordHash(), code);

    assertEquals(unknown, badSignature);
    assertEquals(
        List.of("AttemptStore.charge", "AccountStore.find", "SignatureVerifier.verify"), unknown);
  }

  @Test
  void logIn_badPasswordAndBadCode_costTheSame() {
    List<String> badPassword = callsOfRefused(alice, "wrong", fixture.code(secret, 1));
    List<String> badCode = callsOfRefused(alice, alice.passwordHash(), fixture.wrongCode(secret));

    assertEquals(badPassword, badCode);
    assertTrue(badCode.contains("PasswordHasher.matches"), badCode::toString);
  }
}
