package org.securechat.http;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/**
 * Keeps Jersey from refusing a request for a header before it has looked at the path: a content
 * type that is none becomes one that nothing accepts, an {@code Accept} that is none says nothing.
 */
@PreMatching
final class BadHeadersFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    String contentType = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (contentType != null && !isMediaType(contentType)) {
      request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
    }
    if (!isAcceptable(request)) {
      request.getHeaders().remove(HttpHeaders.ACCEPT);
    }
  }

  private static boolean isAcceptable(ContainerRequestContext request) {
    try {
      return !request.getAcceptableMediaTypes().isEmpty();
    } catch (ProcessingException e) {
      return false;
    }
  }

  private static boolean isMediaType(String text) {
    try {
      return !MediaType.valueOf(text).isWildcardType();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
