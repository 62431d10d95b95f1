package org.securechat.client.failure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The reasons for which a server refuses a request, by their stable names on the wire. */
public enum RefusalCode {
  SIGNATURE_REQUIRED,
  TIMESTAMP_REQUIRED,
  DATA_REQUIRED,
  INVALID_TIMESTAMP,
  TIMESTAMP_OUT_OF_RANGE,
  NOT_AUTHENTICATED,
  CONTEXT_REQUIRED,
  INVALID_SIGNATURE,
  REPLAYED_REQUEST,
  SECOND_FACTOR_RESET_REQUIRED,
  INVALID_REQUEST,
  INVALID_CREDENTIALS,
  INVALID_TOTP,
  NO_PENDING_REGISTRATION,
  NO_PENDING_RESET,
  USERNAME_TAKEN,
  EMAIL_TAKEN,
  ENCRYPTION_KEY_EXISTS,
  TOO_MANY_BLOCKS,
  QUOTA_EXCEEDED,
  GROUP_ID_TAKEN,
  INVALID_STATEMENT,
  INCOMPLETE_KEYS,
  EPOCH_CONFLICT,
  STALE_EPOCH,
  REKEY_REQUIRED,
  SEEN_MISMATCH,
  NOT_FOUND,
  FORBIDDEN,
  FORBIDDEN_ORIGIN,
  METHOD_NOT_ALLOWED,
  UNSUPPORTED_MEDIA_TYPE,
  TOO_LARGE,
  MALFORMED_JSON,
  BAD_REQUEST,
  REQUEST_TIMEOUT,
  RATE_LIMITED,
  UNAVAILABLE,
  INTERNAL_ERROR,
  /** A code that this version doesn't know, or no code at all. */
  UNKNOWN;

  private static final Map<String, RefusalCode> BY_NAME =
      Arrays.stream(values())
          .filter(code -> code != UNKNOWN)
          .collect(Collectors.toMap(RefusalCode::wireName, Function.identity()));

  /** The name on the wire, such as {@code invalid_credentials}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason of this name. */
  public static RefusalCode of(String wireName) {
    return BY_NAME.getOrDefault(wireName, UNKNOWN);
  }
}
