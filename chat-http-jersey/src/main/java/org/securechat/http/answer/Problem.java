package org.securechat.http.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An error as it leaves the port: problem details (RFC 9457) with two members more, {@code code}
 * for programs and {@code error} for people.
 *
 * @param fields each bad field with a sentence; left out when empty
 * @param serverTime left out when empty
 * @param currentEpoch left out when empty
 * @param retryAfter becomes the header {@code Retry-After}, rounded up to seconds
 */
public record Problem(
    int status,
    String code,
    String error,
    Map<String, String> fields,
    Optional<Instant> serverTime,
    Optional<Long> currentEpoch,
    Optional<Duration> retryAfter)
    implements JsonAnswer {
  public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

  public Problem {
    fields = Map.copyOf(fields);
  }

  /** A problem that says no more than what it is. */
  public static Problem of(int status, String code, String error) {
    return new Problem(
        status, code, error, Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same, with when to come again. */
  public Problem retryAfter(Duration wait) {
    return new Problem(status, code, error, fields, serverTime, currentEpoch, Optional.of(wait));
  }

  /**
   * What the connector, or Jersey before any resource is reached, has to say with a bare status.
   */
  public static Problem ofStatus(int status) {
    return switch (status) {
      case 400 -> of(status, "bad_request", "The request is not valid HTTP");
      case 404 -> of(status, "not_found", "Not found");
      case 405 -> of(status, "method_not_allowed", "Method not allowed");
      case 408 -> of(status, "request_timeout", "The request took too long to arrive");
      case 413 -> of(status, "too_large", "The request is too large");
      case 415 -> of(status, "unsupported_media_type", "The body must be application/json");
      case 503 -> of(status, "unavailable", "The service is not available, try again");
      default ->
          status < 500
              ? of(status, "bad_request", "The request can't be answered")
              : of(500, "internal_error", "Something went wrong");
    };
  }

  /** The whole answer. */
  public Response toResponse() {
    Response.ResponseBuilder response =
        Response.status(new ProblemStatus(status, title(), code))
            .type(MEDIA_TYPE)
            .entity(Json.bytes(this));
    retryAfter.ifPresent(
        wait -> response.header(HttpHeaders.RETRY_AFTER, wait.plusMillis(999).toSeconds()));
    return response.build();
  }

  @Override
  public void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "about:blank");
    json.writeStringField("title", title());
    json.writeNumberField("status", status);
    json.writeStringField("code", code);
    json.writeStringField("error", error);
    if (!fields.isEmpty()) {
      json.writeObjectFieldStart("fields");
      for (Map.Entry<String, String> field : new TreeMap<>(fields).entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeEndObject();
    }
    if (serverTime.isPresent()) {
      json.writeNumberField("server_time", serverTime.get().getEpochSecond());
    }
    if (currentEpoch.isPresent()) {
      json.writeNumberField("current_epoch", currentEpoch.get());
    }
    json.writeEndObject();
  }

  private String title() {
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? "Error" : known.getReasonPhrase();
  }
}
