package org.securechat.domain.account;

import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.session.SessionStore;
import org.securechat.domain.session.SignedCaller;

/** Use case: somebody ends the session they are using. */
public final class LogOut {
  private final SessionStore sessions;

  LogOut(SessionStore sessions) {
    this.sessions = sessions;
  }

  /**
   * Ends the caller's session.
   *
   * @throws RejectedException with REPLAYED_REQUEST, or with NOT_AUTHENTICATED if the session ended
   *     meanwhile
   */
  public void logOut(SignedCaller caller) {
    if (!sessions.end(caller.caller().session().tokenHash(), caller.once())) {
      throw RejectedException.of(Rejection.NOT_AUTHENTICATED);
    }
  }
}
