package org.securechat.domain.account;

/**
 * How much is kept of a user beside account, sessions and blocks.
 *
 * @param recoveryCodes that are still unspent
 * @param usedSteps of the second factor that can't be used again
 * @param tickets that wait to be used
 * @param failedAttempts signed with the user's key and unsigned, since the last success
 */
public record Holdings(
    int recoveryCodes, int usedSteps, int tickets, FailedAttempts failedAttempts) {

  /** Failures in a row. */
  public record FailedAttempts(int signed, int unsigned) {}
}
