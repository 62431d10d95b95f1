package org.securechat.http.answer;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Set;
import java.util.TreeSet;
import org.securechat.domain.file.UploadFile;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.Rejection;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.http.json.MalformedJsonException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever ends a request early into a {@link Problem}, so that every error has one shape and
 * none tells what the server is made of.
 */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof RejectedException rejected) {
      return problemOf(rejected).toResponse();
    }
    if (thrown instanceof ProblemException e) {
      return e.problem().toResponse();
    }
    if (thrown instanceof UploadFile.TooLargeException) {
      return Problem.ofStatus(413).toResponse();
    }
    if (thrown instanceof MalformedJsonException) {
      return Problem.of(400, "malformed_json", "The body must be well-formed JSON").toResponse();
    }
    if (thrown instanceof UnavailableException e) {
      LOG.warn("unavailable: {}", e.getMessage());
      LOG.debug("unavailable because of {}", Faults.describe(e));
      return Problem.ofStatus(503).retryAfter(e.retryAfter()).toResponse();
    }
    if (thrown instanceof WebApplicationException e && e.getResponse().getStatus() < 500) {
      return problemOf(e);
    }
    // Never the message of an exception that isn't ours: it may hold what somebody sent.
    LOG.error("request failed: {}", Faults.describe(thrown));
    return Problem.ofStatus(500).toResponse();
  }

  private static Response problemOf(WebApplicationException e) {
    Response own = e.getResponse();
    Response response = Problem.ofStatus(own.getStatus()).toResponse();
    Set<String> allowed = new TreeSet<>(own.getAllowedMethods());
    if (allowed.contains(HttpMethod.GET)) {
      allowed.add(HttpMethod.HEAD); // which Jersey answers without saying so
    }
    if (!allowed.isEmpty()) {
      response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", allowed));
    }
    return response;
  }

  private static Problem problemOf(RejectedException e) {
    return new Problem(
        statusOf(e.reason()),
        e.reason().code(),
        e.reason().sentence(),
        e.fields(),
        e.serverTime(),
        e.currentEpoch(),
        e.retryAfter());
  }

  /** No default branch: a new {@link Rejection} does not compile until it has a status here. */
  static int statusOf(Rejection reason) {
    return switch (reason) {
      case SIGNATURE_REQUIRED,
          TIMESTAMP_REQUIRED,
          DATA_REQUIRED,
          INVALID_TIMESTAMP,
          NO_PENDING_REGISTRATION,
          NO_PENDING_RESET,
          INVALID_REQUEST,
          INVALID_STATEMENT,
          INCOMPLETE_KEYS ->
          400;
      case TIMESTAMP_OUT_OF_RANGE,
          NOT_AUTHENTICATED,
          CONTEXT_REQUIRED,
          INVALID_SIGNATURE,
          REPLAYED_REQUEST,
          INVALID_CREDENTIALS,
          INVALID_TOTP ->
          401;
      case SECOND_FACTOR_RESET_REQUIRED, FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case USERNAME_TAKEN,
          EMAIL_TAKEN,
          ENCRYPTION_KEY_EXISTS,
          TOO_MANY_BLOCKS,
          GROUP_ID_TAKEN,
          EPOCH_CONFLICT,
          STALE_EPOCH,
          REKEY_REQUIRED,
          SEEN_MISMATCH,
          QUOTA_EXCEEDED ->
          409;
      case RATE_LIMITED -> 429;
    };
  }
}
