package org.securechat.client;

import org.securechat.client.http.JsonMembers;

/** What is shown beside the password: a code of the authenticator, or a recovery code. */
public final class SecondFactor {
  private final String member;
  private final String text;

  private SecondFactor(String member, String text) {
    this.member = member;
    this.text = text;
  }

  /** The six digits that the authenticator shows now; good for one use. */
  public static SecondFactor totp(String code) {
    return new SecondFactor("totp_code", code);
  }

  /**
   * One of the codes that were given out at registration; good for one use. The session that it
   * opens must {@linkplain ChatSession#resetSecondFactor reset the second factor} first.
   */
  public static SecondFactor recoveryCode(String code) {
    return new SecondFactor("recovery_code", code);
  }

  /** What stands for the second factor in the login after a private key was fetched with it. */
  static SecondFactor ticket(String ticket) {
    return new SecondFactor("login_ticket", ticket);
  }

  JsonMembers members() {
    return json -> json.writeStringField(member, text);
  }

  @Override
  public String toString() {
    return "SecondFactor[" + member + "]";
  }
}
