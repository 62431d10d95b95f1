package org.securechat.domain.account;

import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionCache;
import org.securechat.domain.session.SessionStore;
import org.securechat.domain.session.SignedCaller;

/** Use case: somebody ends the session they are using. */
public final class LogOut {
  private final SessionStore sessions;
  private final SessionCache known;

  LogOut(SessionStore sessions, SessionCache known) {
    this.sessions = sessions;
    this.known = known;
  }

  /**
   * Ends the caller's session.
   *
   * @throws RejectedException with REPLAYED_REQUEST, or with NOT_AUTHENTICATED if the session ended
   *     meanwhile
   */
  public void logOut(SignedCaller caller) {
    Session session = caller.caller().session();
    boolean ended =
        known.forgetting(session.user(), () -> sessions.end(session.tokenHash(), caller.once()));
    if (!ended) {
      throw RejectedException.of(Rejection.NOT_AUTHENTICATED);
    }
  }
}
