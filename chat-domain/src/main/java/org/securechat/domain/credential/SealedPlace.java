package org.securechat.domain.credential;

import org.securechat.domain.identity.Sha256;
import org.securechat.domain.identity.UserId;

/**
 * The one place in the store where a sealed value opens, so that nobody can move it to another row
 * or column.
 *
 * @param column what it is, such as {@code users.twofa_secret}
 * @param row whose it is
 */
public record SealedPlace(String column, String row) {

  public static SealedPlace totpSecretOf(UserId user) {
    return new SealedPlace("users.twofa_secret", Long.toString(user.value()));
  }

  public static SealedPlace privateKeyOf(UserId user) {
    return new SealedPlace("users.encrypted_private_key", Long.toString(user.value()));
  }

  public static SealedPlace resetTotpSecretOf(Sha256 session) {
    return new SealedPlace("pending_resets.twofa_secret", session.toHex());
  }

  public static SealedPlace pendingTotpSecretOf(Sha256 registration) {
    return new SealedPlace("pending_registrations.twofa_secret", registration.toHex());
  }

  public static SealedPlace pendingPrivateKeyOf(Sha256 registration) {
    return new SealedPlace("pending_registrations.encrypted_private_key", registration.toHex());
  }
}
