package org.securechat.app;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.securechat.domain.account.RegistrationSettings;
import org.securechat.domain.credential.AttemptCounter;
import org.securechat.domain.credential.AttemptRule;
import org.securechat.domain.credential.CredentialSettings;

/** All limits of a server, by name. {@code docs/limits.md} is made from them. */
final class Limits {
  /** The one limit that is not counted in the database. */
  static final String REQUESTS_PER_USER = "requests_per_user";

  private static final String ADDRESS = "IPv4 address, or the first 64 bits of an IPv6 one";

  private Limits() {}

  /** The name of what is counted as attempts of a kind. */
  static String nameOf(AttemptCounter.Kind kind) {
    return switch (kind) {
      case ADDRESS -> "failures_per_address";
      case ACCOUNT_SIGNED -> "failures_per_account_signed";
      case ACCOUNT_UNSIGNED, UNKNOWN_NAME -> "failures_per_account_unsigned";
      case REGISTRATION -> "registrations_per_address";
    };
  }

  /** The limits that a configuration comes to. */
  static List<Limit> of(Configuration configuration) {
    CredentialSettings credentials = configuration.chat().credentials();
    RegistrationSettings registrations = configuration.chat().registrations();
    Configuration.RequestRate requests = configuration.requestsPerUser();
    return List.of(
        attempts(
            AttemptCounter.Kind.ACCOUNT_SIGNED,
            "account, attempts signed with its key",
            credentials.account(),
            "LIMIT_FAILURES_PER_ACCOUNT"),
        attempts(
            AttemptCounter.Kind.ACCOUNT_UNSIGNED,
            "account, or name that nobody has, unsigned attempts",
            credentials.unsignedAccount(),
            "LIMIT_FAILURES_PER_ACCOUNT`, `LIMIT_FAILURES_UNTIL_CLOSED"),
        attempts(
            AttemptCounter.Kind.ADDRESS,
            ADDRESS,
            credentials.address(),
            "LIMIT_FAILURES_PER_ADDRESS"),
        attempts(
            AttemptCounter.Kind.REGISTRATION,
            ADDRESS,
            credentials.registrations(),
            "LIMIT_REGISTRATIONS_PER_ADDRESS"),
        new Limit(
            "codes_per_registration",
            "waiting registration",
            registrations.attempts() + " wrong codes",
            "never",
            "the registration ends, and after " + time(registrations.lifetime()) + " anyway",
            Optional.of("`LIMIT_CODES_PER_REGISTRATION`"),
            false),
        held(
            "sessions_per_user",
            "user",
            configuration.chat().sessions().perUser(),
            "a session ends",
            "the session that was used longest ago ends",
            "LIMIT_SESSIONS_PER_USER"),
        held(
            "blocks_per_user",
            "user",
            configuration.chat().blocks().perUser(),
            "a block is taken back",
            "409 `too_many_blocks`",
            "LIMIT_BLOCKS_PER_USER"),
        held(
            "conversations_per_day",
            "user, conversations begun within 24 h",
            configuration.chat().conversations().startsPerDay(),
            "24 h after each",
            "429 until then",
            "LIMIT_CONVERSATIONS_PER_DAY"),
        held(
            "members",
            "conversation",
            configuration.chat().conversations().members(),
            "somebody leaves",
            "400 `invalid_request`",
            "LIMIT_MEMBERS"),
        held(
            "pending_invitations",
            "user who invites",
            configuration.chat().conversations().pendingInvitations(),
            "one is answered, or its conversation ends",
            "409 `quota_exceeded`",
            "LIMIT_PENDING_INVITATIONS"),
        held(
            "files_per_user",
            "user",
            configuration.chat().files().filesPerUser(),
            "a file is erased",
            "409 `quota_exceeded`",
            "LIMIT_FILES_PER_USER"),
        held(
            "file_bytes_per_user",
            "user",
            configuration.chat().files().bytesPerUser(),
            "a file is erased",
            "409 `quota_exceeded`",
            "LIMIT_FILE_MIB_PER_USER"),
        held(
            "uploads_per_user",
            "user, on their way to one server",
            configuration.chat().files().uploadsAtOnce(),
            "one ends",
            "429",
            "LIMIT_UPLOADS_PER_USER"),
        held(
            "waiters_per_user",
            "user, waiting for events at one server",
            configuration.chat().sync().waitersPerUser(),
            "one is answered",
            "the oldest is answered with 429",
            "LIMIT_WAITERS_PER_USER"),
        new Limit(
            REQUESTS_PER_USER,
            "user, requests that were verified",
            Integer.toString(requests.burst()),
            requests.perSecond() + " a second",
            "429 until there is room for one",
            Optional.of("`LIMIT_REQUESTS_PER_USER_BURST`, `LIMIT_REQUESTS_PER_USER_PER_SECOND`"),
            true));
  }

  /** The table of the documentation. */
  static String table(Configuration configuration) {
    return """
    | name | counted by | burst | refill | when it is reached | setting | when it can't be counted |
    |---|---|---|---|---|---|---|
    """
        + of(configuration).stream().map(Limit::row).collect(Collectors.joining("\n"))
        + "\n";
  }

  private static Limit attempts(
      AttemptCounter.Kind kind, String countedBy, AttemptRule rule, String setting) {
    Duration window = rule.window();
    Duration block = rule.block();
    return new Limit(
        nameOf(kind),
        countedBy,
        rule.limit() + (window == null ? " in a row" : ""),
        window == null ? "a success clears the count" : time(window) + " after the first one",
        block == null
            ? "429 until the refill"
            : "429 for " + time(block) + (window == null ? ", at every multiple" : "") + end(rule),
        Optional.of("`" + setting + "`"),
        false);
  }

  private static Limit held(
      String name, String countedBy, long most, String refill, String reached, String setting) {
    return new Limit(
        name,
        countedBy,
        Long.toString(most),
        refill,
        reached,
        Optional.of("`" + setting + "`"),
        false);
  }

  private static String end(AttemptRule rule) {
    AttemptRule.Closing closing = rule.closing();
    return closing == null
        ? ""
        : "; after %d until the owner signs in with the key".formatted(closing.limit());
  }

  private static String time(Duration duration) {
    return duration.toMinutesPart() == 0
        ? duration.toHours() + " h"
        : duration.toMinutes() + " min";
  }
}
