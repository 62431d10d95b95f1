package org.securechat.http.connector;

import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;

/**
 * Makes a body that doesn't arrive the client's fault (408, or 400 when it is garbled) and not the
 * server's, and gives an error without a body the connector's.
 */
@PreMatching
@Priority(Integer.MIN_VALUE)
final class AnswerDefaults implements ContainerRequestFilter, ContainerResponseFilter {
  private static final int FIRST_ERROR = 400;

  private final ErrorBody errors;

  AnswerDefaults(ErrorBody errors) {
    this.errors = errors;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    request.setEntityStream(new Body(request.getEntityStream(), errors));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getStatus() >= FIRST_ERROR && !response.hasEntity()) {
      response.setEntity(
          errors.problemJson(response.getStatus()),
          new java.lang.annotation.Annotation[0],
          MediaType.valueOf(StandardHeaders.PROBLEM_JSON));
      StandardHeaders.forEach((name, value) -> {
        if (!response.getHeaders().containsKey(name)) {
          response.getHeaders().putSingle(name, value);
        }
      });
    }
  }

  private static final class Body extends FilterInputStream {
    private final ErrorBody errors;

    Body(InputStream in, ErrorBody errors) {
      super(in);
      this.errors = errors;
    }

    @Override
    public int read() {
      try {
        return in.read();
      } catch (IOException e) {
        throw refusal(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        throw refusal(e);
      }
    }

    private WebApplicationException refusal(IOException e) {
      int status = isTimeout(e) ? 408 : 400;
      Response.ResponseBuilder answer =
          Response.status(status)
              .header(HttpHeaders.CONTENT_TYPE, StandardHeaders.PROBLEM_JSON)
              .header("Connection", "close")
              .entity(errors.problemJson(status));
      StandardHeaders.forEach(answer::header);
      return new WebApplicationException(e, answer.build());
    }

    private static boolean isTimeout(Throwable e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof TimeoutException) {
          return true;
        }
      }
      return false;
    }
  }
}
