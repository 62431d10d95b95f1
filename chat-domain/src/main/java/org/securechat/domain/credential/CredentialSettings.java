package org.securechat.domain.credential;

import java.time.Duration;

/**
 * How many attempts at credentials are let through.
 *
 * @param account failures in a row for one account, signed with its key
 * @param unsignedAccount failures in a row for one account by whoever knows its name
 * @param address failures from one address
 * @param registrations accepted registrations from one address
 * @param unsignedAtOnce how many unsigned attempts are judged at once; more wait, so that a storm
 *     of them leaves the hasher to those who sign
 * @param countLoopback whether limits by address also hold for this machine itself
 */
public record CredentialSettings(
    AttemptRule account,
    AttemptRule unsignedAccount,
    AttemptRule address,
    AttemptRule registrations,
    int unsignedAtOnce,
    boolean countLoopback) {
  /** How long an unsigned attempt waits for its turn. */
  static final Duration UNSIGNED_WAIT = Duration.ofSeconds(10);

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
        16,
        true);
  }

  /** What counts for a name that nobody has: the same as for an account, while it is remembered. */
  AttemptRule unknownName() {
    AttemptRule.Closing closing = unsignedAccount.closing();
    return closing == null
        ? unsignedAccount
        : unsignedAccount.closingAfter(closing.limit(), UNKNOWN_NAME_MEMORY);
  }

  /**
   * How long a count matters after it began.
   *
   * @param kind one that ends by itself
   */
  public Duration memory(AttemptCounter.Kind kind) {
    return switch (kind) {
      case ADDRESS -> address.memory();
      case REGISTRATION -> registrations.memory();
      case UNKNOWN_NAME -> UNKNOWN_NAME_MEMORY;
      case ACCOUNT_SIGNED, ACCOUNT_UNSIGNED ->
          throw new IllegalArgumentException(kind + " ends with a success only");
    };
  }

  /** The same limits, with those by address not counting this machine. */
  public CredentialSettings exceptLoopback() {
    return new CredentialSettings(
        account, unsignedAccount, address, registrations, unsignedAtOnce, false);
  }
}
