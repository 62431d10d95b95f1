package org.securechat.domain.session;

import org.securechat.domain.rejection.RejectedException;

/** Use case: somebody ends one of their sessions, be it another or the one they are using. */
public final class EndSession {
  private final SessionStore sessions;
  private final SessionCache known;

  public EndSession(SessionStore sessions, SessionCache known) {
    this.sessions = sessions;
    this.known = known;
  }

  /**
   * Ends a session.
   *
   * @param id as {@link ListSessions} names it
   * @return whether it was the one that the request came in
   * @throws RejectedException with REPLAYED_REQUEST, with NOT_AUTHENTICATED if the caller's session
   *     ended meanwhile, or with NOT_FOUND if there is no such session of the caller
   */
  public boolean end(SignedCaller caller, String id) {
    Session current = caller.caller().session();
    boolean ended =
        known.forgetting(
            current.user(), () -> sessions.end(caller.caller().actor(), id, caller.once()));
    if (!ended) {
      throw RejectedException.notFound();
    }
    return current.id().equals(id);
  }
}
