package org.securechat.http.call;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import java.time.Duration;
import java.util.Optional;
import org.securechat.domain.session.SessionToken;

/** The cookie that carries a session's token (RFC 6265). */
public final class SessionCookie {
  public static final String NAME = "secure_chat_session";

  private final String attributes;
  private final Duration lifetime;

  /**
   * Makes cookies of one kind.
   *
   * @param secure whether the browser sends it over HTTPS only
   * @param lifetime how long it keeps that of a session
   */
  public SessionCookie(boolean secure, Duration lifetime) {
    this.lifetime = lifetime;
    this.attributes = "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
  }

  /** The value of {@code Set-Cookie} that hands out the token of a session. */
  public String set(SessionToken token) {
    return set(token, lifetime);
  }

  /** The value of {@code Set-Cookie} that hands out a token for so long. */
  public String set(SessionToken token, Duration shorter) {
    return NAME + "=" + token.secretText() + "; Max-Age=" + shorter.toSeconds() + attributes;
  }

  /** The value of {@code Set-Cookie} that takes it back. */
  public String clear() {
    return NAME + "=; Max-Age=0" + attributes;
  }

  /** The token that came with a request; empty if none did, or nothing like one. */
  static Optional<SessionToken> read(ContainerRequestContext request) {
    Cookie cookie = request.getCookies().get(NAME);
    return Optional.ofNullable(cookie).map(Cookie::getValue).flatMap(SessionToken::parse);
  }
}
