package org.securechat.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.time.Duration;
import java.util.Optional;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.uri.UriTemplate;
import org.securechat.http.answer.ProblemStatus;

/** Tells a {@link RequestObserver} of each request; to be registered beside the API. */
@PreMatching
@Priority(0)
public final class RequestMeter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String STARTED = RequestMeter.class.getName() + ".started";

  private final RequestObserver observer;

  public RequestMeter(RequestObserver observer) {
    this.observer = observer;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(STARTED, System.nanoTime());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(STARTED) instanceof Long started) {
      observer.answered(
          request.getMethod(),
          endpointOf(request),
          response.getStatus(),
          response.getStatusInfo() instanceof ProblemStatus problem
              ? Optional.of(problem.code())
              : Optional.empty(),
          Duration.ofNanos(System.nanoTime() - started));
    }
  }

  /** Jersey's templates come innermost first. */
  private static Optional<String> endpointOf(ContainerRequestContext request) {
    if (!(request.getUriInfo() instanceof ExtendedUriInfo matched)
        || matched.getMatchedResourceMethod() == null) {
      return Optional.empty();
    }
    StringBuilder path = new StringBuilder();
    for (UriTemplate template : matched.getMatchedTemplates()) {
      path.insert(0, template.getTemplate());
    }
    return Optional.of(path.toString());
  }
}
