package org.securechat.domain.rejection;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request was turned down, for a reason that its sender may know. Nothing was changed by the call
 * that threw it.
 *
 * <p>It carries no stack trace: a refusal is an answer, and the cheapest thing an attacker can ask
 * for.
 */
public final class RejectedException extends RuntimeException {
  private final Rejection reason;
  private final transient Map<String, String> fields;
  private final @Nullable Instant serverTime;
  private final @Nullable Duration retryAfter;
  private final @Nullable Long currentEpoch;

  private RejectedException(
      Rejection reason,
      Map<String, String> fields,
      @Nullable Instant serverTime,
      @Nullable Duration retryAfter,
      @Nullable Long currentEpoch) {
    super(reason.sentence(), null, false, false);
    this.reason = reason;
    this.fields = Map.copyOf(fields);
    this.serverTime = serverTime;
    this.retryAfter = retryAfter;
    this.currentEpoch = currentEpoch;
  }

  /** A refusal that says no more than its reason. */
  public static RejectedException of(Rejection reason) {
    return new RejectedException(reason, Map.of(), null, null, null);
  }

  /** The name is taken, in this or another spelling; the one refusal of names a store may make. */
  public static RejectedException usernameTaken() {
    return of(Rejection.USERNAME_TAKEN);
  }

  /** The address is taken, in this or another spelling; a store may say so. */
  public static RejectedException emailTaken() {
    return of(Rejection.EMAIL_TAKEN);
  }

  /** The signed request has been used; a store says so when it can't spend the {@code Once}. */
  public static RejectedException replayedRequest() {
    return of(Rejection.REPLAYED_REQUEST);
  }

  /** The session has ended; a store says so that finds it gone when it comes to the change. */
  public static RejectedException notAuthenticated() {
    return of(Rejection.NOT_AUTHENTICATED);
  }

  /** There is no such thing, or it is not the caller's to see: nobody is told which. */
  public static RejectedException notFound() {
    return of(Rejection.NOT_FOUND);
  }

  /**
   * Fields that break a rule.
   *
   * @param fields for each bad field, its name on the wire and a sentence; at least one
   */
  public static RejectedException invalidFields(Map<String, String> fields) {
    return new RejectedException(Rejection.INVALID_REQUEST, fields, null, null, null);
  }

  /**
   * The signed time is outside the window; tells the server's, so that a clock can be put right.
   */
  public static RejectedException timestampOutOfRange(Instant serverTime) {
    return new RejectedException(
        Rejection.TIMESTAMP_OUT_OF_RANGE, Map.of(), serverTime, null, null);
  }

  /** A limit is reached; the same request may be let through after {@code retryAfter}. */
  public static RejectedException rateLimited(Duration retryAfter) {
    return new RejectedException(Rejection.RATE_LIMITED, Map.of(), null, retryAfter, null);
  }

  /**
   * An epoch's statement breaks a rule.
   *
   * @param sentence which one, for people
   */
  public static RejectedException invalidStatement(String sentence) {
    return new RejectedException(
        Rejection.INVALID_STATEMENT, Map.of("statement", sentence), null, null, null);
  }

  /** An epoch is not the one after the current one. */
  public static RejectedException epochConflict(long currentEpoch) {
    return new RejectedException(Rejection.EPOCH_CONFLICT, Map.of(), null, null, currentEpoch);
  }

  /** A message is not of the current epoch. */
  public static RejectedException staleEpoch(long currentEpoch) {
    return new RejectedException(Rejection.STALE_EPOCH, Map.of(), null, null, currentEpoch);
  }

  /** Nothing can be sent before an epoch follows the current one. */
  public static RejectedException rekeyRequired(long currentEpoch) {
    return new RejectedException(Rejection.REKEY_REQUIRED, Map.of(), null, null, currentEpoch);
  }

  public Rejection reason() {
    return reason;
  }

  /**
   * The bad fields by their names on the wire; empty unless the reason is INVALID_REQUEST or
   * INVALID_STATEMENT.
   */
  public Map<String, String> fields() {
    return fields;
  }

  /** The server's time, where the reason is TIMESTAMP_OUT_OF_RANGE. */
  public Optional<Instant> serverTime() {
    return Optional.ofNullable(serverTime);
  }

  /** How long to wait, where the reason is RATE_LIMITED. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The newest epoch, where the reason is one about epochs. */
  public Optional<Long> currentEpoch() {
    return Optional.ofNullable(currentEpoch);
  }
}
