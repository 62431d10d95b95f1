package org.securechat.testkit.usecase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.securechat.testkit.usecase.ChatFixture.assertRejected;
import static org.securechat.testkit.usecase.ChatFixture.presented;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.request.SignedRequest;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionSettings;
import org.securechat.domain.session.SessionToken;
import org.securechat.domain.session.SignedCaller;
import org.securechat.testkit.TestUser;

class SessionsTest {
  private final ChatFixture fixture = new ChatFixture();
  private final TestUser alice = TestUser.named("alice");
  private final Member member = fixture.join(alice);
  private final TotpSecret secret = member.secret();
  private final SessionToken token = fixture.logIn(alice, fixture.code(secret, 1)).token();

  private SignedCaller authenticate(SignedRequest request, SignatureRule rule) {
    return fixture
        .chat
        .authenticateCaller()
        .authenticate(request, Optional.of(token), rule, Access.FULL_SESSIONS);
  }

  private SignedCaller authenticate() {
    return authenticate(fixture.fresh(alice), SignatureRule.ORIGINAL_ONCE);
  }

  private Instant lastUsed() {
    return fixture
        .ports
        .stores()
        .sessions()
        .find(token.hash())
        .orElseThrow()
        .session()
        .lastUsedAt();
  }

  @Test
  void authenticate_cookieWithoutTheKey_isRefusedAndKeepsNothingAlive() {
    fixture.clock.advance(Duration.ofMinutes(5));

    assertRejected(
        Rejection.INVALID_SIGNATURE,
        () -> authenticate(fixture.fresh(TestUser.named("mallory")), SignatureRule.ORIGINAL_ONCE));
    assertEquals(fixture.clock.instant().minus(Duration.ofMinutes(5)), lastUsed());
  }

  @Test
  void authenticate_keyWithoutTheCookie_isNotAuthenticated() {
    assertRejected(
        Rejection.NOT_AUTHENTICATED,
        () ->
            fixture
                .chat
                .authenticateCaller()
                .authenticate(
                    fixture.fresh(alice),
                    Optional.empty(),
                    SignatureRule.ORIGINAL_ONCE,
                    Access.FULL_SESSIONS));
  }

  @Test
  void authenticate_idleForADay_isOver() {
    fixture.clock.advance(Duration.ofDays(1).minusMillis(1));
    authenticate();
    fixture.clock.advance(Duration.ofDays(1));

    assertRejected(Rejection.NOT_AUTHENTICATED, this::authenticate);
  }

  @Test
  void authenticate_usedForThirtyDays_isOver() {
    for (int i = 0; i < 30 * 2 - 1; i++) {
      fixture.clock.advance(Duration.ofHours(12));
      authenticate();
    }
    fixture.clock.advance(Duration.ofHours(12));

    assertRejected(Rejection.NOT_AUTHENTICATED, this::authenticate);
  }

  @Test
  void authenticate_oftenWithinAMinute_writesTheUseDownOnce() {
    Instant start = fixture.clock.instant();
    fixture.clock.advance(Duration.ofSeconds(59));
    authenticate();
    assertEquals(start, lastUsed());

    fixture.clock.advance(Duration.ofSeconds(1));
    authenticate();

    assertEquals(start.plusSeconds(60), lastUsed());
  }

  @Test
  void authenticate_repeatableRequest_mayComeAgain() {
    SignedRequest request = fixture.fresh(alice);
    fixture.chat.accounts().logOut().logOut(authenticateOther(request));

    authenticate(request, SignatureRule.ORIGINAL_REPEATABLE);
    authenticate(request, SignatureRule.ORIGINAL_REPEATABLE);
    assertRejected(
        Rejection.REPLAYED_REQUEST, () -> authenticate(request, SignatureRule.ORIGINAL_ONCE));
  }

  /** The same request in another session of the same user. */
  private SignedCaller authenticateOther(SignedRequest request) {
    fixture.clock.advance(Duration.ofMinutes(1));
    SessionToken other = fixture.logIn(alice, fixture.code(secret, 0)).token();
    return fixture
        .chat
        .authenticateCaller()
        .authenticate(
            request, Optional.of(other), SignatureRule.ORIGINAL_ONCE, Access.FULL_SESSIONS);
  }

  @Test
  void authenticate_boundEndpointWithoutContext_isRefused() {
    assertRejected(
        Rejection.CONTEXT_REQUIRED,
        () -> authenticate(fixture.fresh(alice), SignatureRule.BOUND_REPEATABLE));
  }

  @Test
  void authenticate_sessionThatWaitsForAReset_reachesOnlyWhatAllowsIt() {
    SessionToken resetToken = fixture.logIn(alice, presented(member.recoveryCode(0))).token();

    SignedCaller caller = fixture.calling(alice, resetToken);
    assertTrue(fixture.chat.accounts().readOwnAccount().read(caller.caller()).resetRequired());
    assertRejected(
        Rejection.SECOND_FACTOR_RESET_REQUIRED,
        () ->
            fixture
                .chat
                .authenticateCaller()
                .authenticate(
                    fixture.fresh(alice),
                    Optional.of(resetToken),
                    SignatureRule.ORIGINAL_ONCE,
                    Access.FULL_SESSIONS));
  }

  @Test
  void logOut_openSession_isOver() {
    fixture.chat.accounts().logOut().logOut(authenticate());

    assertRejected(Rejection.NOT_AUTHENTICATED, this::authenticate);
  }

  @Test
  void logOut_twiceAtOnce_isNotAuthenticated() {
    SignedCaller first = authenticate();
    SignedCaller second = authenticate();
    fixture.chat.accounts().logOut().logOut(first);

    assertRejected(
        Rejection.NOT_AUTHENTICATED, () -> fixture.chat.accounts().logOut().logOut(second));
  }

  private List<String> listed(SignedCaller caller) {
    return fixture.chat.listSessions().list(caller.caller()).stream().map(Session::id).toList();
  }

  private String idOf(SessionToken of) {
    return fixture.ports.stores().sessions().find(of.hash()).orElseThrow().session().id();
  }

  private boolean end(SignedCaller caller, String id) {
    return fixture.chat.endSession().end(caller, id);
  }

  @Test
  void list_ownSessions_areInTheOrderOfTheirBeginning() {
    fixture.register(TestUser.named("bob"));
    fixture.clock.advance(Duration.ofSeconds(30));
    SessionToken last = fixture.logIn(alice, fixture.code(secret, 1)).token();

    List<String> ids = listed(authenticate());

    assertEquals(3, ids.size());
    assertTrue(ids.contains(idOf(member.token())) && ids.contains(idOf(token)));
    assertEquals(idOf(last), ids.get(2));
  }

  @Test
  void list_sessionsThatAreOver_areHidden() {
    fixture.clock.advance(Duration.ofHours(23));
    SignedCaller caller = authenticate();
    fixture.clock.advance(Duration.ofHours(1).minusMillis(1));
    assertEquals(2, listed(caller).size());

    fixture.clock.advance(Duration.ofMillis(1));

    assertEquals(List.of(idOf(token)), listed(caller));
  }

  @Test
  void end_anotherOfOnesSessions_isOver() {
    assertFalse(end(authenticate(), idOf(member.token())));

    assertTrue(fixture.isOver(member.token()));
    authenticate();
  }

  @Test
  void end_theSessionInUse_saysSo() {
    assertTrue(end(authenticate(), idOf(token)));

    assertRejected(Rejection.NOT_AUTHENTICATED, this::authenticate);
  }

  @Test
  void end_unknownOrAnothers_isNotFound() {
    SessionToken bobs = fixture.join(TestUser.named("bob")).token();

    assertRejected(Rejection.NOT_FOUND, () -> end(authenticate(), "unknown"));
    assertRejected(Rejection.NOT_FOUND, () -> end(authenticate(), idOf(bobs)));
    assertFalse(fixture.isOver(bobs));
  }

  @Test
  void end_inASessionThatEndedMeanwhile_isNotAuthenticated() {
    SignedCaller caller = authenticate();
    fixture.chat.accounts().logOut().logOut(authenticate());

    assertRejected(Rejection.NOT_AUTHENTICATED, () -> end(caller, idOf(member.token())));
    assertFalse(fixture.isOver(member.token()));
  }

  @Test
  void settings_withoutRoomForOneSession_areNone() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SessionSettings(Duration.ofHours(1), Duration.ofHours(2), 0));
  }
}
