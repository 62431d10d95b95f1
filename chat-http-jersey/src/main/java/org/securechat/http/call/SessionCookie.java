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

  /**
   * Makes cookies of one kind.
   *
   * @param secure whether the browser sends it over HTTPS only
   */
  public SessionCookie(boolean secure) {
    this.attributes = "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
  }

  /** The value of {@code Set-Cookie} that hands out a token. */
  public String set(SessionToken token, Duration lifetime) {
    return NAME + "=" + token.secretText() + "; Max-Age=" + lifetime.toSeconds() + attributes;
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
