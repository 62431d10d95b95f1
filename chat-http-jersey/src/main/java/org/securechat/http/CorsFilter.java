package org.securechat.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cross-origin requests (the Fetch standard, section 3.2): pages of the listed origins may call the
 * API with credentials, any other gets no CORS header, and no wild card is ever sent.
 */
@PreMatching
final class CorsFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String ORIGIN = "Origin";
  private static final String REQUEST_METHOD = "Access-Control-Request-Method";

  private final Set<String> origins;

  CorsFilter(Set<String> origins) {
    this.origins = origins;
  }

  /** Answers preflights here: they ask about the origin, and reach no resource. */
  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getMethod().equals(HttpMethod.OPTIONS)
        && request.getHeaderString(ORIGIN) != null
        && request.getHeaderString(REQUEST_METHOD) != null) {
      request.abortWith(Response.noContent().build());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    headers.add(HttpHeaders.VARY, ORIGIN);
    String origin = request.getHeaderString(ORIGIN);
    if (!isListed(origin)) {
      return;
    }
    headers.putSingle("Access-Control-Allow-Origin", origin);
    headers.putSingle("Access-Control-Allow-Credentials", "true");
    if (request.getMethod().equals(HttpMethod.OPTIONS)) {
      headers.putSingle("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE");
      headers.putSingle(
          "Access-Control-Allow-Headers",
          "Content-Type, Content-Digest, Signature, Signature-Input, X-Signature-Data");
      headers.putSingle("Access-Control-Max-Age", "7200");
    } else {
      headers.putSingle(
          "Access-Control-Expose-Headers", RequestIdFilter.HEADER + ", " + HttpHeaders.RETRY_AFTER);
    }
  }

  private boolean isListed(@Nullable String origin) {
    return origin != null && origins.contains(origin);
  }
}
