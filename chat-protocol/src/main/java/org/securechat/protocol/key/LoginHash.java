package org.securechat.protocol.key;

/**
 * The {@code password_hash}: all that a server ever gets of a password. Whoever has it can try to
 * sign in, so it is kept as secret as the password.
 */
public final class LoginHash {
  private final String hex;

  LoginHash(String hex) {
    this.hex = hex;
  }

  /** 64 hex digits in lower case, for a request alone. */
  public String secretText() {
    return hex;
  }

  @Override
  public String toString() {
    return "LoginHash[secret]";
  }
}
