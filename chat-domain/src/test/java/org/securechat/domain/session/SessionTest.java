package org.securechat.domain.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.securechat.domain.identity.UserId;

class SessionTest {
  private static String kept(String userAgent) {
    return Session.open(
            SessionToken.random(byte[]::new),
            new UserId(1),
            SessionState.FULL,
            Instant.EPOCH,
            userAgent,
            byte[]::new)
        .userAgent();
  }

  @Test
  void open_userAgentAtTheLimitAndAbove_isKeptAndCut() {
    String longest = "a".repeat(Session.MAX_USER_AGENT);

    assertEquals(256, longest.length());
    assertEquals(longest, kept(longest));
    assertEquals(longest, kept(longest + "b"));
  }
}
