package org.securechat.domain.credential;

import java.time.Duration;

/**
 * How many attempts at credentials are let through.
 *
 * @param account failures in a row for one account
 * @param address failures from one address
 * @param registrations accepted registrations from one address
 * @param countLoopback whether limits by address also hold for this machine itself
 */
public record CredentialSettings(
    AttemptRule account, AttemptRule address, AttemptRule registrations, boolean countLoopback) {

  /** The wire contract's limits for production. */
  public static CredentialSettings defaults() {
    Duration block = Duration.ofMinutes(15);
    Duration hour = Duration.ofHours(1);
    return new CredentialSettings(
        AttemptRule.inARow(5, block),
        AttemptRule.within(50, hour, block),
        AttemptRule.quota(20, hour),
        true);
  }

  /** How long counts by address matter after they began. */
  public Duration addressMemory() {
    Duration failures = address.memory();
    Duration registered = registrations.memory();
    return failures.compareTo(registered) > 0 ? failures : registered;
  }

  /** The same limits, with those by address not counting this machine. */
  public CredentialSettings exceptLoopback() {
    return new CredentialSettings(account, address, registrations, false);
  }
}
