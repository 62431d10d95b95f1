package org.securechat.domain.account;

import java.util.Optional;
import org.securechat.domain.credential.SecondFactor;

/**
 * What somebody has proved, and what it was held against. Checking takes its time: a store lets a
 * proof count only while the account's secrets are still these, so that nobody gets in on a
 * password or a second factor that was replaced meanwhile.
 *
 * @param factor is spent; empty where the session stands for it
 */
public record Proof(Optional<SecondFactor> factor, StoredSecrets secrets) {

  /** Whether it goes back to a recovery code: then a new second factor is due. */
  boolean byRecoveryCode() {
    return factor.map(SecondFactor::byRecoveryCode).orElse(false);
  }
}
