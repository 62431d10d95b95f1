package org.securechat.domain.session;

import java.time.Instant;
import java.util.HexFormat;
import org.securechat.domain.identity.RandomSource;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;

/**
 * A session as it is stored.
 *
 * @param tokenHash the hash of the cookie's value
 * @param id names the session to its user; no part of the cookie
 * @param createdAt milliseconds, as all times here
 * @param userAgent what the client called itself when it signed in, at most 256 characters
 */
public record Session(
    Sha256 tokenHash,
    String id,
    UserId user,
    SessionState state,
    Instant createdAt,
    Instant lastUsedAt,
    String userAgent) {
  /** The most characters of a user agent that are kept. */
  public static final int MAX_USER_AGENT = 256;

  private static final int ID_BYTES = 16;

  /** A session that begins now. */
  public static Session open(
      SessionToken token,
      UserId user,
      SessionState state,
      Instant now,
      String userAgent,
      RandomSource random) {
    String kept =
        userAgent.length() > MAX_USER_AGENT ? userAgent.substring(0, MAX_USER_AGENT) : userAgent;
    String id = HexFormat.of().formatHex(random.bytes(ID_BYTES));
    return new Session(token.hash(), id, user, state, now, now, kept);
  }

  /** The same session, used later. */
  Session usedAt(Instant instant) {
    return new Session(tokenHash, id, user, state, createdAt, instant, userAgent);
  }
}
