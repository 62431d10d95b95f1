package org.securechat.domain.sync;

/**
 * How many may wait.
 *
 * @param waitersPerUser for one user
 * @param waiters in this process
 */
public record SyncSettings(int waitersPerUser, int waiters) {

  public SyncSettings {
    if (waitersPerUser < 1 || waiters < waitersPerUser) {
      throw new IllegalArgumentException("At least one may wait");
    }
  }

  /** 32 for a user, 10,000 in all. */
  public static SyncSettings defaults() {
    return new SyncSettings(32, 10_000);
  }
}
