package org.securechat.domain.credential;

/**
 * What is stored to recognise a password hash: Argon2id over the received text, keyed by a secret
 * of the server, with a random salt.
 *
 * @param phc a PHC string, at most 256 characters; useless without the server's secret, and still
 *     not printed
 */
public record PasswordVerifier(String phc) {

  @Override
  public String toString() {
    return "PasswordVerifier[secret]";
  }
}
