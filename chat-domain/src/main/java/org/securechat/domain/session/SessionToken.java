package org.securechat.domain.session;

import java.util.Optional;
import org.securechat.domain.identity.BearerToken;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;

/** The secret in a session cookie. The server stores only its hash. */
public final class SessionToken {
  private final BearerToken token;

  private SessionToken(BearerToken token) {
    this.token = token;
  }

  public static SessionToken random(RandomSource random) {
    return new SessionToken(BearerToken.random(random));
  }

  /** Reads a cookie's value; empty for what can't be one. */
  public static Optional<SessionToken> parse(String text) {
    return BearerToken.parse(text).map(SessionToken::new);
  }

  /** What the session is stored and found by. */
  public Sha256 hash() {
    return token.hash();
  }

  /** The cookie's value, 43 characters of base64url. */
  public String secretText() {
    return token.secretText();
  }

  @Override
  public String toString() {
    return "SessionToken[secret]";
  }
}
