package org.securechat.http.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.request.Once;
import org.securechat.domain.session.Actor;
import org.securechat.domain.session.Caller;
import org.securechat.domain.session.Session;
import org.securechat.domain.session.SessionStore;

/** A store of sessions in which one is found. */
record OneSession(Caller caller) implements SessionStore {

  @Override
  public Optional<Caller> find(Sha256 tokenHash) {
    return Optional.of(caller).filter(each -> each.session().tokenHash().equals(tokenHash));
  }

  @Override
  public void touch(Sha256 tokenHash, Instant usedAt) {}

  @Override
  public boolean end(Sha256 tokenHash, Once once) {
    return false;
  }

  @Override
  public List<Session> list(UserId user) {
    return List.of();
  }

  @Override
  public boolean end(Actor actor, String id, Once once) {
    return false;
  }

  @Override
  public int removeExpired(Instant lastUsedBefore, Instant createdBefore, int limit) {
    return 0;
  }
}
