package org.securechat.domain.session;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Use case: somebody looks where they are signed in. */
public final class ListSessions {
  private final SessionStore sessions;
  private final SessionSettings settings;
  private final Clock clock;

  public ListSessions(SessionStore sessions, SessionSettings settings, Clock clock) {
    this.sessions = sessions;
    this.settings = settings;
    this.clock = clock;
  }

  /** The caller's live sessions, in the order of their beginning. */
  public List<Session> list(Caller caller) {
    Instant now = clock.instant();
    return sessions.list(caller.session().user()).stream()
        .filter(session -> settings.isLive(session, now))
        .toList();
  }
}
