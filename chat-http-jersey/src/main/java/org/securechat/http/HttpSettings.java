package org.securechat.http;

import java.util.Set;
import org.securechat.http.call.TrustedProxies;
import org.securechat.http.signature.SignatureScheme;

/**
 * How the API presents itself over HTTP.
 *
 * @param version the program's, told by {@code GET /}
 * @param corsOrigins origins whose pages may call the API, exact, such as {@code
 *     https://chat.example.org}
 * @param secureCookies whether clients reach the server over HTTPS only: then cookies are {@code
 *     Secure} and the server's own origin is an https one
 * @param maxBodyBytes the largest JSON body; a larger one is 413
 * @param maxKeysBodyBytes the largest JSON body of the two requests that carry the members' keys
 * @param schemes the ways to sign requests that are read, at least one
 * @param trustedProxies the proxies whose {@code X-Forwarded-For} is believed
 */
public record HttpSettings(
    String version,
    Set<String> corsOrigins,
    boolean secureCookies,
    int maxBodyBytes,
    int maxKeysBodyBytes,
    Set<SignatureScheme> schemes,
    TrustedProxies trustedProxies) {
  /** The wire contract's limit of a JSON body. */
  public static final int DEFAULT_MAX_BODY_BYTES = 256 * 1024;

  /** The wire contract's limit of a JSON body that carries keys. */
  public static final int DEFAULT_MAX_KEYS_BODY_BYTES = 4 * 1024 * 1024;

  public HttpSettings {
    corsOrigins = Set.copyOf(corsOrigins);
    schemes = Set.copyOf(schemes);
    if (schemes.isEmpty()) {
      throw new IllegalArgumentException("There must be a way to sign requests");
    }
  }

  /** {@code http} or {@code https}, as clients see it. */
  String ownScheme() {
    return secureCookies ? "https" : "http";
  }
}
