package org.securechat.domain.request;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The member {@code _ctx} of signed data, as received: it binds the signature to one place.
 *
 * @param method null when it is missing or no string; likewise the others
 * @param nonce 16 to 64 hex digits, so that two honest requests differ
 */
public record RequestContext(
    @Nullable String method, @Nullable String path, @Nullable String nonce) {
  private static final Pattern NONCE = Pattern.compile("[0-9A-Fa-f]{16,64}");

  /** Whether the context is complete and names this very request. */
  boolean binds(RequestLine line) {
    return line.method().equals(method)
        && line.target().equals(path)
        && nonce != null
        && NONCE.matcher(nonce).matches();
  }
}
