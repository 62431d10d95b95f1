package org.securechat.domain.account;

import org.securechat.domain.credential.TotpSecret;
import org.securechat.domain.session.SessionToken;

/**
 * What somebody who registered gets to confirm it with.
 *
 * @param token good for that one step
 * @param provisioningUri for an authenticator application; contains the secret
 */
public record RegistrationBegun(SessionToken token, TotpSecret secret, String provisioningUri) {

  @Override
  public String toString() {
    return "RegistrationBegun[secret]";
  }
}
