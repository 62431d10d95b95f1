package org.securechat.domain.account;

import java.util.List;
import org.securechat.domain.credential.Settlement;
import org.securechat.domain.credential.TotpStep;
import org.securechat.domain.identity.Sha256;
import org.securechat.domain.session.Session;

/**
 * Everything that a confirmed registration becomes, in one change.
 *
 * @param pending the hash of the registration's token; it ends
 * @param recoveryCodeHashes of the codes that the user is shown
 * @param usedStep of the code that confirmed it; it is spent for this user
 */
public record NewAccount(
    Sha256 pending,
    Account account,
    List<Sha256> recoveryCodeHashes,
    TotpStep usedStep,
    Session session,
    Settlement settlement) {

  public NewAccount {
    recoveryCodeHashes = List.copyOf(recoveryCodeHashes);
  }
}
