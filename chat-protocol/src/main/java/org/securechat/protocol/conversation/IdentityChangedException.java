package org.securechat.protocol.conversation;

import org.securechat.domain.transcript.Member;

/**
 * Somebody is not who they were: another key or name under a known id, or a known key or name under
 * another id. Nothing is taken over before the user has decided.
 */
public final class IdentityChangedException extends Exception {
  private final transient Member known;
  private final transient Member claimed;

  IdentityChangedException(Member known, Member claimed) {
    super(
        "The identity of " + known.name().value() + " (user " + known.user().value() + ") changed");
    this.known = known;
    this.claimed = claimed;
  }

  /** Who was met before. */
  public Member known() {
    return known;
  }

  /** Who stands there now. */
  public Member claimed() {
    return claimed;
  }
}
