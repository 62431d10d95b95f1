package org.securechat.domain.account;

import org.securechat.domain.credential.TotpSecret;

/**
 * What somebody gets to set up a new second factor with.
 *
 * @param provisioningUri for an authenticator application; contains the secret
 */
public record ResetBegun(TotpSecret secret, String provisioningUri) {

  @Override
  public String toString() {
    return "ResetBegun[secret]";
  }
}
