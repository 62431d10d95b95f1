package org.securechat.client;

import org.securechat.client.http.JsonObject;

/** A new second factor that waits for its first code; until then the old one counts. */
public final class SecondFactorReset {
  private final ChatSession session;
  private final SecondFactorSecret secret;

  SecondFactorReset(ChatSession session, JsonObject answer) {
    this.session = session;
    this.secret = SecondFactorSecret.read(answer);
  }

  /** What goes into the authenticator. */
  public SecondFactorSecret secret() {
    return secret;
  }

  /**
   * Makes it the account's second factor. The old secret and recovery codes are void; the session
   * goes on.
   *
   * @param totpCode the six digits that the authenticator shows now
   */
  public RecoveryCodes confirm(String totpCode) {
    return session.confirmReset(totpCode);
  }

  @Override
  public String toString() {
    return "SecondFactorReset[secret]";
  }
}
