package org.securechat.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/**
 * Makes a content type that is none into one that nothing accepts: Jersey would refuse it as a bad
 * header before it has looked at the path.
 */
@PreMatching
final class ContentTypeFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    String contentType = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (contentType != null && !isMediaType(contentType)) {
      request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
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
