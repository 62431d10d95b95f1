package org.securechat.protocol.conversation;

import java.security.SignatureException;
import org.securechat.domain.identity.IdentityKey;
import org.securechat.domain.identity.Signature;
import org.securechat.domain.identity.SignatureVerifier;
import org.securechat.domain.rejection.InvalidValueException;
import org.securechat.domain.transcript.EpochStatement;
import org.securechat.domain.transcript.Role;
import org.securechat.protocol.key.IdentityKeyPair;

/**
 * An epoch's statement with a signature; whether it verifies depends on the key it is held against.
 */
public record SignedStatement(EpochStatement statement, Signature signature) {

  /** Signs; the caller sees to it that this is the author's identity. */
  public static SignedStatement sign(EpochStatement statement, IdentityKeyPair author) {
    return new SignedStatement(statement, author.signStatement(statement));
  }

  /**
   * Reads what a server has.
   *
   * @throws InvalidValueException unless it is in the exact form
   */
  public static SignedStatement parse(String statement, String signature) {
    return new SignedStatement(
        EpochStatement.parse(statement),
        Signature.parseHex(signature)
            .orElseThrow(() -> new InvalidValueException("A signature has 128 hex digits")));
  }

  void verify(IdentityKey author, SignatureVerifier signatures) throws SignatureException {
    signatures.verify(author, statement.bytes(), signature);
  }

  /**
   * Whether it may be the first one that somebody sees: by an admin of its own list, who signed it.
   */
  boolean isFirst(SignatureVerifier signatures) {
    return statement
        .member(statement.author())
        .filter(author -> author.role() == Role.ADMIN)
        .filter(author -> verifies(author.key(), signatures))
        .isPresent();
  }

  private boolean verifies(IdentityKey author, SignatureVerifier signatures) {
    try {
      verify(author, signatures);
      return true;
    } catch (SignatureException e) {
      return false;
    }
  }
}
