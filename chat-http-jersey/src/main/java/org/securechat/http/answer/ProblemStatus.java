package org.securechat.http.answer;

import jakarta.ws.rs.core.Response;

/**
 * The status of an answer that is a {@link Problem}. It keeps the problem's code, so that a filter
 * can tell refusals apart without reading their bodies.
 *
 * @param code the problem's, such as {@code invalid_signature}
 */
public record ProblemStatus(int statusCode, String reasonPhrase, String code)
    implements Response.StatusType {

  @Override
  public int getStatusCode() {
    return statusCode;
  }

  @Override
  public Response.Status.Family getFamily() {
    return Response.Status.Family.familyOf(statusCode);
  }

  @Override
  public String getReasonPhrase() {
    return reasonPhrase;
  }
}
