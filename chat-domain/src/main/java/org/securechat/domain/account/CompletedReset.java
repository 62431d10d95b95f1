package org.securechat.domain.account;

import java.util.List;
import org.securechat.domain.credential.SealedSecret;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.session.Session;

/**
 * Everything that a confirmed second factor changes, in one change.
 *
 * @param reset the one that waited
 * @param totpSecret sealed for the account
 * @param usedStep of the code that confirmed it; it is spent for this user
 * @param recoveryCodeHashes of the codes that the user is shown
 * @param session takes the place of the one that the reset waited in
 */
public record CompletedReset(
    PendingReset reset,
    SealedSecret totpSecret,
    TotpStep usedStep,
    List<Sha256> recoveryCodeHashes,
    Session session,
    Settlement settlement) {

  public CompletedReset {
    recoveryCodeHashes = List.copyOf(recoveryCodeHashes);
  }
}
