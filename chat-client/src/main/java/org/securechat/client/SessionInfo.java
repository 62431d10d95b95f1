package org.securechat.client;

import java.time.Instant;
import java.util.Optional;
import org.securechat.client.http.JsonObject;

/**
 * A session of the account.
 *
 * @param userAgent what the device called itself
 * @param current whether it is the one that asks
 */
public record SessionInfo(
    SessionId id,
    Instant createdAt,
    Instant lastUsedAt,
    Optional<String> userAgent,
    boolean current) {

  static SessionInfo read(JsonObject session) {
    return new SessionInfo(
        session.text("id", SessionId::new),
        session.time("created_at"),
        session.time("last_used_at"),
        session.optionalText("user_agent"),
        session.flag("current"));
  }
}
