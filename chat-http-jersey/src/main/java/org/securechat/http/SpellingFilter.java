package org.securechat.http;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/**
 * Leaves each path of the API one spelling. Jersey takes a path with a slash at its end, or with
 * parameters after a semicolon (RFC 3986, section 3.3), for the same one; the rules of a proxy in
 * front would not.
 */
@PreMatching
final class SpellingFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    String path = request.getUriInfo().getRequestUri().getRawPath();
    boolean page = path.equals("/") || path.startsWith("/app/");
    if (path.indexOf(';') >= 0 || (path.endsWith("/") && !page)) {
      throw new NotFoundException();
    }
  }
}
