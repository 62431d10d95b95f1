package org.securechat.domain.rejection;

import java.util.Locale;

/**
 * Every reason for which the chat core turns a request down. The names are part of the wire
 * contract: an adapter translates them to its protocol and never renames them.
 */
public enum Rejection {
  SIGNATURE_REQUIRED("Signature is required"),
  TIMESTAMP_REQUIRED("Timestamp is required"),
  DATA_REQUIRED("Data field is required"),
  INVALID_TIMESTAMP("Invalid timestamp format"),
  TIMESTAMP_OUT_OF_RANGE("Invalid or expired timestamp"),
  NOT_AUTHENTICATED("Not authenticated"),
  NO_PENDING_REGISTRATION("No pending registration"),
  NO_PENDING_RESET("No pending reset"),
  CONTEXT_REQUIRED("The signed data must name its request in _ctx"),
  INVALID_SIGNATURE("Invalid signature"),
  REPLAYED_REQUEST("Request was already used"),
  SECOND_FACTOR_RESET_REQUIRED("The second factor must be reset first"),
  INVALID_REQUEST("Some fields are not valid"),
  INVALID_CREDENTIALS("Invalid credentials"),
  INVALID_TOTP("Invalid code"),
  USERNAME_TAKEN("Username is already taken"),
  EMAIL_TAKEN("Email is already registered"),
  NOT_FOUND("Not found"),
  ENCRYPTION_KEY_EXISTS("Another encryption key is published already"),
  FORBIDDEN("Not allowed"),
  INVALID_STATEMENT("The epoch statement is not valid"),
  INCOMPLETE_KEYS("There must be exactly one key for each member"),
  GROUP_ID_TAKEN("Group id is already in use"),
  EPOCH_CONFLICT("Another epoch is the next one"),
  STALE_EPOCH("Another epoch is the current one"),
  REKEY_REQUIRED("Somebody has left; a new epoch must begin first"),
  SEEN_MISMATCH("What was seen is not what the timeline holds"),
  QUOTA_EXCEEDED("There is room for no more of these"),
  TOO_MANY_BLOCKS("Too many users are blocked"),
  RATE_LIMITED("Too many attempts, try again later");

  private final String sentence;

  Rejection(String sentence) {
    this.sentence = sentence;
  }

  /** The name on the wire, such as {@code invalid_signature}; stable, for programs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it means, for people. */
  public String sentence() {
    return sentence;
  }
}
