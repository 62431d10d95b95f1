package org.securechat.domain.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.request.Once;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.request.SignedRequest;
import org.securechat.domain.request.TimelyRequest;
import org.securechat.domain.request.VerifySignedRequest;

/**
 * Use case: finds out who sent a request, and holds them to their signature. A cookie without the
 * key gets nobody in, and does not keep its session alive either.
 */
public final class AuthenticateCaller {
  /** A session's last use is written down no more often than this. */
  static final Duration TOUCH_INTERVAL = Duration.ofMinutes(1);

  private final VerifySignedRequest verify;
  private final SessionCache sessions;
  private final SessionSettings settings;
  private final Clock clock;

  public AuthenticateCaller(
      VerifySignedRequest verify, SessionCache sessions, SessionSettings settings, Clock clock) {
    this.verify = verify;
    this.sessions = sessions;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Verifies a request of somebody signed in.
   *
   * @param token the cookie's value, if one came
   * @param access whether the endpoint also answers sessions that wait for a second factor reset
   * @throws RejectedException with TIMESTAMP_OUT_OF_RANGE, NOT_AUTHENTICATED, CONTEXT_REQUIRED,
   *     INVALID_SIGNATURE, REPLAYED_REQUEST or SECOND_FACTOR_RESET_REQUIRED, looked at in this
   *     order
   */
  public SignedCaller authenticate(
      SignedRequest request, Optional<SessionToken> token, SignatureRule rule, Access access) {
    TimelyRequest timely = verify.requireTimely(request);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Caller caller = find(token.map(SessionToken::hash), now);
    Session session = caller.session();
    Once once = verify.verify(timely, rule, caller.key());
    if (session.state() == SessionState.RESET_REQUIRED && access == Access.FULL_SESSIONS) {
      throw RejectedException.of(Rejection.SECOND_FACTOR_RESET_REQUIRED);
    }
    if (!now.isBefore(session.lastUsedAt().plus(TOUCH_INTERVAL))) {
      touch(caller, now);
    }
    return new SignedCaller(caller, once);
  }

  /**
   * Holds a caller that was authenticated a while ago to a session that has not ended since.
   *
   * @throws RejectedException with NOT_AUTHENTICATED otherwise
   */
  public void requireLive(Caller caller) {
    find(Optional.of(caller.session().tokenHash()), clock.instant());
  }

  private Caller find(Optional<Sha256> tokenHash, Instant now) {
    return tokenHash
        .flatMap(sessions::find)
        .filter(found -> settings.isLive(found.session(), now))
        .orElseThrow(() -> RejectedException.of(Rejection.NOT_AUTHENTICATED));
  }

  /** A read does not fail because its time could not be written down. */
  private void touch(Caller caller, Instant now) {
    try {
      sessions.touch(caller, now);
    } catch (UnavailableException e) {
      // The next request writes it.
    }
  }

  /** Which sessions an endpoint answers. */
  public enum Access {
    FULL_SESSIONS,
    ALL_SESSIONS
  }
}
