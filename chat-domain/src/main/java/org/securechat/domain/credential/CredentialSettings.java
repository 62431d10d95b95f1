package org.securechat.domain.credential;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How many attempts at credentials are let through.
 *
 * @param account failures in a row for one account, signed with its key
 * @param unsignedAccount failures in a row for one account by whoever knows its name
 * @param address failures from one address
 * @param registrations accepted registrations from one address
 * @param countLoopback whether limits by address also hold for this machine itself
 */
public record CredentialSettings(
    AttemptRule account,
    AttemptRule unsignedAccount,
    AttemptRule address,
    AttemptRule registrations,
    boolean countLoopback) {
  /** A block that only a signed sign-in ends: longer than anybody waits. */
  public static final Duration UNTIL_THE_OWNER_COMES = Duration.ofDays(36_500);

  /** How long failures for a name that nobody has are remembered. */
  private static final Duration UNKNOWN_NAME_MEMORY = Duration.ofDays(7);

  /** The wire contract's limits for production. */
  public static CredentialSettings defaults() {
    Duration block = Duration.ofMinutes(15);
    Duration hour = Duration.ofHours(1);
    return new CredentialSettings(
        AttemptRule.inARow(5, block),
        AttemptRule.inARow(5, block).closingAfter(100, UNTIL_THE_OWNER_COMES),
        AttemptRule.within(50, hour, block),
        AttemptRule.quota(20, hour),
        true);
  }

  /** What counts for a name that nobody has: the same as for an account, while it is remembered. */
  AttemptRule unknownName() {
    AttemptRule.Closing closing = unsignedAccount.closing();
    return closing == null
        ? unsignedAccount
        : unsignedAccount.closingAfter(closing.limit(), UNKNOWN_NAME_MEMORY);
  }

  /** How long counts that end by themselves matter after they began. */
  public Duration memory() {
    return Stream.of(address.memory(), registrations.memory(), UNKNOWN_NAME_MEMORY)
        .max(Duration::compareTo)
        .orElseThrow();
  }

  /** The same limits, with those by address not counting this machine. */
  public CredentialSettings exceptLoopback() {
    return new CredentialSettings(account, unsignedAccount, address, registrations, false);
  }
}
