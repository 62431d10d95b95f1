package org.securechat.http.call;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/**
 * Remembers the method that was sent and signed: Jersey answers a HEAD by the resource's method for
 * GET, and tells that one that it was a GET.
 */
@PreMatching
public final class SentMethod implements ContainerRequestFilter {
  private static final String PROPERTY = SentMethod.class.getName();

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(PROPERTY, request.getMethod());
  }

  /** The method of a request as it was sent. */
  public static String of(ContainerRequestContext request) {
    return request.getProperty(PROPERTY) instanceof String sent ? sent : request.getMethod();
  }
}
