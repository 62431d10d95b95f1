package org.securechat.client;

import java.time.Instant;
import org.securechat.client.failure.UntrustedAnswerException;
import org.securechat.client.http.JsonObject;
import org.securechat.domain.identity.UserId;
import org.securechat.domain.identity.Username;
import org.securechat.domain.rejection.InvalidValueException;

/** Somebody whom the account has blocked, and since when. */
public record BlockedUser(UserId id, Username username, Instant blockedAt) {

  static BlockedUser read(JsonObject block) {
    try {
      return new BlockedUser(
          new UserId(block.number("user_id")),
          block.text("username", Username::new),
          block.time("created_at"));
    } catch (InvalidValueException e) {
      throw new UntrustedAnswerException("The server names a user that can't be", e);
    }
  }
}
