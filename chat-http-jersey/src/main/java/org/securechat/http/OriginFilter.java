package org.securechat.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.securechat.http.answer.Problem;
import org.securechat.http.answer.ProblemException;

/**
 * Refuses what a page of a foreign origin makes a browser send. Clients that are no browsers send
 * no {@code Origin} and are not concerned.
 */
final class OriginFilter implements ContainerRequestFilter {
  private static final Set<String> SAFE_METHODS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Set<String> origins;
  private final String ownOriginStart;

  OriginFilter(HttpSettings settings) {
    this.origins = settings.corsOrigins();
    this.ownOriginStart = settings.ownScheme() + "://";
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (!SAFE_METHODS.contains(request.getMethod())
        && !isAllowed(request.getHeaderString("Origin"), request)) {
      throw new ProblemException(
          Problem.of(403, "forbidden_origin", "Requests from this origin are not allowed"));
    }
  }

  private boolean isAllowed(@Nullable String origin, ContainerRequestContext request) {
    return origin == null
        || origins.contains(origin)
        || origin.equals(ownOriginStart + request.getHeaderString(HttpHeaders.HOST));
  }
}
