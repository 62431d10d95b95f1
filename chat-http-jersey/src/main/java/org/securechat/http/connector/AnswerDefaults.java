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
import org.jspecify.annotations.Nullable;

/**
 * Makes a body that doesn't arrive the client's fault (408, or 400 when it is garbled) and not the
 * server's, gives an error without a body the connector's, and says when so much of a request's
 * body is unread that the connection will not be used again.
 */
@PreMatching
@Priority(Integer.MIN_VALUE)
final class AnswerDefaults implements ContainerRequestFilter, ContainerResponseFilter {
  private static final int FIRST_ERROR = 400;

  private final ErrorBody errors;
  private final long maxBodyLeft;

  /**
   * Made once, for all requests.
   *
   * @param maxBodyLeft bytes of a body that may pass by after the answer
   */
  AnswerDefaults(ErrorBody errors, long maxBodyLeft) {
    this.errors = errors;
    this.maxBodyLeft = maxBodyLeft;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Body body = new Body(request.getEntityStream(), errors, SteadyTransfer.peerOf(request));
    request.setEntityStream(body);
    request.setProperty(Body.class.getName(), body);
  }

  private boolean leavesTooMuch(ContainerRequestContext request) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    return length != null
        && request.getProperty(Body.class.getName()) instanceof Body body
        && Long.parseLong(length) - body.count > maxBodyLeft;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (leavesTooMuch(request)) {
      response.getHeaders().putSingle("Connection", "close");
    }
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
    private final Deadlines.@Nullable Peer peer;
    private long count;

    Body(InputStream in, ErrorBody errors, Deadlines.@Nullable Peer peer) {
      super(in);
      this.errors = errors;
      this.peer = peer;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (peer != null) {
        peer.waits();
      }
      int read = -1;
      try {
        read = in.read(bytes, offset, length);
      } catch (IOException e) {
        throw refusal(e);
      } finally {
        int some = Math.max(0, read);
        count += some;
        if (peer != null) {
          peer.moved(some);
        }
      }
      return read;
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
