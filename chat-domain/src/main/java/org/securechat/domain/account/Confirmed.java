package org.securechat.domain.account;

import java.util.List;
import org.securechat.domain.credential.RecoveryCode;

/**
 * A registration is confirmed.
 *
 * @param recoveryCodes shown this once
 */
public record Confirmed(SignedIn signedIn, List<RecoveryCode> recoveryCodes) {

  public Confirmed {
    recoveryCodes = List.copyOf(recoveryCodes);
  }
}
