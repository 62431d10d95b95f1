package org.securechat.http;

import java.util.Set;

/**
 * How the API presents itself over HTTP.
 *
 * @param version the program's, told by {@code GET /}
 * @param corsOrigins origins whose pages may call the API, exact, such as {@code
 *     https://chat.example.org}
 * @param secureCookies whether clients reach the server over HTTPS only: then cookies are {@code
 *     Secure} and the server's own origin is an https one
 * @param maxBodyBytes the largest JSON body; a larger one is 413
 */
public record HttpSettings(
    String version, Set<String> corsOrigins, boolean secureCookies, int maxBodyBytes) {
  /** The wire contract's limit of a JSON body. */
  public static final int DEFAULT_MAX_BODY_BYTES = 256 * 1024;

  public HttpSettings {
    corsOrigins = Set.copyOf(corsOrigins);
  }
}
