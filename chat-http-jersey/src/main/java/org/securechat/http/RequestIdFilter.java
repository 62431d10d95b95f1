package org.securechat.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Gives each request an id of the server's own making, which stands in its log lines and in its
 * answer, and logs how each request ended.
 */
@PreMatching
@Priority(0)
final class RequestIdFilter implements ContainerRequestFilter, ContainerResponseFilter {
  static final String HEADER = "X-Request-Id";

  private static final Logger LOG = LoggerFactory.getLogger("org.securechat.http.access");
  private static final String MDC_KEY = "request_id";
  private static final String STARTED = RequestIdFilter.class.getName() + ".started";

  @Override
  public void filter(ContainerRequestContext request) {
    String id = UUID.randomUUID().toString();
    request.setProperty(HEADER, id);
    request.setProperty(STARTED, System.nanoTime());
    MDC.put(MDC_KEY, id);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Object id = request.getProperty(HEADER);
    response.getHeaders().putSingle(HEADER, id);
    if (LOG.isInfoEnabled() && request.getProperty(STARTED) instanceof Long started) {
      // The path without its query: a query is the client's own text.
      LOG.info(
          "{} {} {} in {} ms",
          request.getMethod(),
          request.getUriInfo().getRequestUri().getRawPath(),
          response.getStatus(),
          (System.nanoTime() - started) / 1_000_000);
    }
    MDC.remove(MDC_KEY);
  }
}
