package org.securechat.domain.request;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RequestContextTest {
  private static final RequestLine LINE = new RequestLine("POST", "/api/me?x=1");
  private static final String NONCE = "0123456789abcdef";

  private static boolean binds(RequestContext context) {
    return context.binds(LINE);
  }

  @Test
  void binds_completeAndEqual_isTrue() {
    assertTrue(binds(new RequestContext("POST", "/api/me?x=1", NONCE)));
    assertTrue(binds(new RequestContext("POST", "/api/me?x=1", "Ab".repeat(32))));
  }

  @Test
  void binds_incomplete_isFalse() {
    assertFalse(binds(new RequestContext(null, "/api/me?x=1", NONCE)));
    assertFalse(binds(new RequestContext("POST", null, NONCE)));
    assertFalse(binds(new RequestContext("POST", "/api/me?x=1", null)));
  }

  @Test
  void binds_anotherPlace_isFalse() {
    assertFalse(binds(new RequestContext("post", "/api/me?x=1", NONCE)));
    assertFalse(binds(new RequestContext("GET", "/api/me?x=1", NONCE)));
    assertFalse(binds(new RequestContext("POST", "/api/me", NONCE)));
    assertFalse(binds(new RequestContext("POST", "/api/logout?x=1", NONCE)));
  }

  @Test
  void binds_nonceOutOfForm_isFalse() {
    assertFalse(binds(new RequestContext("POST", "/api/me?x=1", "0".repeat(15))));
    assertFalse(binds(new RequestContext("POST", "/api/me?x=1", "0".repeat(65))));
    assertFalse(binds(new RequestContext("POST", "/api/me?x=1", "g".repeat(16))));
  }
}
