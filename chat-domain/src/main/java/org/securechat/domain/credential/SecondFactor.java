package org.securechat.domain.credential;

import org.securechat.domain.identity.Sha256;

/** A second factor that was found right, as a store spends it: once. */
public sealed interface SecondFactor {

  /** Whether it goes back to a recovery code: then a new second factor is due. */
  boolean byRecoveryCode();

  /** The step of a code. */
  record Step(TotpStep step) implements SecondFactor {
    @Override
    public boolean byRecoveryCode() {
      return false;
    }
  }

  /**
   * A recovery code.
   *
   * @param hash bound to the user
   */
  record Code(Sha256 hash) implements SecondFactor {
    @Override
    public boolean byRecoveryCode() {
      return true;
    }
  }

  /** A ticket. */
  record Ticket(Sha256 hash, boolean byRecoveryCode) implements SecondFactor {}
}
