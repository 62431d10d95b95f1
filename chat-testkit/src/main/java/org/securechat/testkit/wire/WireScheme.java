package org.securechat.testkit.wire;

/** How requests are signed. */
public enum WireScheme {
  /** In an envelope around the data. */
  ENVELOPE,
  /** As HTTP messages (RFC 9421). */
  RFC9421
}
