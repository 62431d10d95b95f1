package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.usecase.ChatFixture.ADDRESS;
import static org.securechat.testkit.usecase.ChatFixture.address;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;
import static org.securechat.testkit.usecase.ChatFixture.client;
import static org.securechat.testkit.usecase.ChatFixture.form;
import static org.securechat.testkit.usecase.ChatFixture.presented;

import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.request.SignedRequest;
import org.securechat.domain.session.SessionState;
import org.securechat.domain.session.SessionToken;
import org.securechat.testkit.ConcurrentRuns;
import org.securechat.testkit.ConcurrentRuns.Outcome;
import org.securechat.testkit.TestUser;

class LogInTest {
  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");
  private final Member member = fixture.join(alice);
  private final TotpSecret secret = member.secret();

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
  void logIn_byRecoveryCode_waitsForAReset() {
    SignedIn signedIn = fixture.logIn(alice, presented(member.recoveryCode(0)));

    assertTrue(signedIn.account().resetRequired());
    assertEquals(
        SessionState.RESET_REQUIRED,
        fixture.calling(alice, signedIn.token()).caller().session().state());
  }

  @Test
  void logIn_recoveryCodeTwice_isRefused() {
    fixture.logIn(alice, presented(member.recoveryCode(0)));

    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> fixture.logIn(alice, presented(member.recoveryCode(0))));
    fixture.logIn(alice, presented(member.recoveryCode(1)));
  }

  @Test
  void logIn_recoveryCodeWithAWrongPassword_staysUnspent() {
    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> fixture.logIn(alice, "wrong", presented(member.recoveryCode(0)), ADDRESS));

    fixture.logIn(alice, presented(member.recoveryCode(0)));
  }

  @Test
  void logIn_hundredAndFirstSession_endsTheOneUsedLongestAgo() {
    SessionToken second = fixture.logIn(alice, fixture.code(secret, 1)).token();
    for (int i = 0; i < 98; i++) {
      fixture.clock.advance(Duration.ofSeconds(30));
      fixture.logIn(alice, fixture.code(secret, 1));
    }
    assertFalse(fixture.isOver(member.token()));
    fixture.calling(member);

    fixture.logIn(alice, presented(member.recoveryCode(0)));

    assertFalse(fixture.isOver(member.token()));
    assertTrue(fixture.isOver(second));
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
                defaults.blocks(),
                defaults.conversations(),
                defaults.timeline(),
                defaults.files(),
                defaults.sync()));
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
  void logIn_thousandWrongCodesFromAsManyAddresses_areFiveGuesses() {
    PresentedFactor wrong = presented(fixture.wrongCode(secret));
    Map<Rejection, Integer> guesses = new ConcurrentHashMap<>();
    List<SignedRequest> requests =
        IntStream.range(0, 1000).mapToObj(i -> fixture.fresh(alice)).toList();

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
                            fixture
                                .chat
                                .accounts()
                                .logIn()
                                .logIn(
                                    requests.get(number),
                                    () -> form(alice, alice.passwordHash(), wrong),
                                    client(address(number), Optional.empty())));
                guesses.merge(e.reason(), 1, Integer::sum);
              }
              return true;
            });

    assertEquals(
        100, outcomes.stream().filter(o -> o.thrown() == null).count(), outcomes::toString);
    assertEquals(Map.of(Rejection.INVALID_CREDENTIALS, 5, Rejection.RATE_LIMITED, 995), guesses);
  }

  @Test
  void logIn_hasherTooBusy_chargesNobody() {
    ChatFixture overloaded = fixture.with(new BusyHasher(fixture.ports.passwords()));
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

  /** Remembers the keys that signatures are held to. */
  private record WatchedVerifier(SignatureVerifier verifier, List<IdentityKey> keys)
      implements SignatureVerifier {
    @Override
    public void verify(IdentityKey key, byte[] message, Signature signature)
        throws SignatureException {
      keys.add(key);
      verifier.verify(key, message, signature);
    }

    @Override
    public boolean isSound(IdentityKey key) {
      return verifier.isSound(key);
    }
  }

  /** The key is a digest of plain words, so that nobody can have made it from a private one. */
  @Test
  void logIn_unknownName_isHeldToAKeyThatNobodyCanSignBy() {
    ChatPorts ports = fixture.ports;
    List<IdentityKey> keys = new ArrayList<>();
    ChatFixture watched =
        new ChatFixture(
            new ChatPorts(
                ports.stores(),
                new WatchedVerifier(ports.signatures(), keys),
                ports.passwords(),
                ports.totpCodes(),
                ports.secretBox(),
                ports.names(),
                ports.events(),
                ports.random(),
                ports.clock()),
            ChatSettings.defaults());

    assertRejected(
        Rejection.INVALID_CREDENTIALS,
        () -> watched.logIn(TestUser.named("decoy"), fixture.code(secret, 1)));

    byte[] words = "secure-chat/v1/decoy-key 7".getBytes(StandardCharsets.US_ASCII);
    assertEquals(List.of(IdentityKey.copyOf(Sha256.of(words).toByteArray())), keys);
    assertTrue(ports.signatures().isSound(keys.get(0)));
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
}
