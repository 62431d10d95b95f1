package org.securechat.client.terminal;

import java.util.Map;
import java.util.stream.Collectors;
import org.securechat.client.failure.RefusedException;
import org.securechat.client.failure.UnavailableException;

/** Says for each refusal what somebody at a terminal can do about it. */
final class RefusalSentences {
  private static final String UNKNOWN_OUTCOME = "; whether it did what was asked is not known.";

  private RefusalSentences() {}

  static String of(RefusedException e) {
    return switch (e.code()) {
      case INVALID_CREDENTIALS ->
          "Email, password or code is wrong; which of them, the server does not say.";
      case INVALID_TOTP -> "The code of the authenticator is wrong.";
      case NOT_AUTHENTICATED -> "The session is over: use login.";
      case SECOND_FACTOR_RESET_REQUIRED ->
          "This session was opened by a recovery code: finish with recover first.";
      case USERNAME_TAKEN -> "That username is taken.";
      case EMAIL_TAKEN -> "That email address is registered already.";
      case INVALID_REQUEST -> "The server refused what was given" + fields(e.fields()) + ".";
      case RATE_LIMITED ->
          "Too many attempts"
              + e.retryAfter()
                  .map(wait -> ": try again in " + wait.toSeconds() + " s.")
                  .orElse(": try again later.");
      case NO_PENDING_REGISTRATION -> "The registration took too long: register again.";
      case NO_PENDING_RESET -> "The reset took too long: begin again.";
      case NOT_FOUND -> "The server knows nothing of that name.";
      case FORBIDDEN -> "The server does not allow that.";
      case ENCRYPTION_KEY_EXISTS -> "The account has another encryption key already.";
      case TOO_MANY_BLOCKS -> "Too many users are blocked already.";
      case QUOTA_EXCEEDED -> "There is room for no more of these.";
      case EPOCH_CONFLICT, STALE_EPOCH, REKEY_REQUIRED, GROUP_ID_TAKEN ->
          "The conversation has changed meanwhile: try again.";
      case SEEN_MISMATCH -> "The server does not hold what this device has seen.";
      case REQUEST_TIMEOUT -> "The request did not reach the server in time.";
      case TIMESTAMP_OUT_OF_RANGE ->
          "The clocks of this device and the server do not agree: set this device's.";
      case REPLAYED_REQUEST -> "The server has done that already.";
      case INVALID_SIGNATURE, CONTEXT_REQUIRED ->
          "The server does not accept the signature; try another --scheme, or login again.";
      case SIGNATURE_REQUIRED,
          TIMESTAMP_REQUIRED,
          DATA_REQUIRED,
          INVALID_TIMESTAMP,
          MALFORMED_JSON,
          BAD_REQUEST,
          METHOD_NOT_ALLOWED,
          UNSUPPORTED_MEDIA_TYPE,
          TOO_LARGE,
          FORBIDDEN_ORIGIN,
          INVALID_STATEMENT,
          INCOMPLETE_KEYS ->
          "The server does not understand this client (" + e.wireCode() + ").";
      case UNAVAILABLE, INTERNAL_ERROR, UNKNOWN ->
          "The server refused with status " + e.status() + ".";
    };
  }

  static String of(UnavailableException e) {
    return switch (e.code()) {
      case UNAVAILABLE -> "The server has no database at the moment: try again later.";
      case INTERNAL_ERROR -> "Something went wrong in the server" + UNKNOWN_OUTCOME;
      default -> "The server failed with status " + e.status() + UNKNOWN_OUTCOME;
    };
  }

  private static String fields(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> printable(field.getKey()) + ": " + printable(field.getValue()))
        .collect(Collectors.joining("; ", fields.isEmpty() ? "" : ": ", ""));
  }

  /** A server's words, without what could drive the terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{C}", "?");
  }
}
