package org.securechat.domain.session;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;

/** The secret in a session cookie: 256 random bits. The server stores only its hash. */
public final class SessionToken {
  private static final int LENGTH = 32;
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final String text;

  private SessionToken(String text) {
    this.text = text;
  }

  public static SessionToken random(RandomSource random) {
    return new SessionToken(
        Base64.getUrlEncoder().withoutPadding().encodeToString(random.bytes(LENGTH)));
  }

  /** Reads a cookie's value; empty for what can't be one. */
  public static Optional<SessionToken> parse(String text) {
    return SHAPE.matcher(text).matches() ? Optional.of(new SessionToken(text)) : Optional.empty();
  }

  /** What the session is stored and found by. */
  public Sha256 hash() {
    return Sha256.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The cookie's value, 43 characters of base64url. */
  public String secretText() {
    return text;
  }

  @Override
  public String toString() {
    return "SessionToken[secret]";
  }
}
