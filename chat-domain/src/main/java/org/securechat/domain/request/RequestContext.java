package org.securechat.domain.request;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.securechat.domain.identity.Sha256;

/**
 * The member {@code _ctx} of signed data, as received: it binds the signature to one place.
 *
 * @param method null when it is missing or no string; likewise the others
 * @param nonce 16 to 64 hex digits, so that two honest requests differ
 * @param contentSha256 hex SHA-256 of a body that is not part of the signed data; looked at only
 *     where there is one
 */
public record RequestContext(
    @Nullable String method,
    @Nullable String path,
    @Nullable String nonce,
    @Nullable String contentSha256) {
  private static final Pattern NONCE = Pattern.compile("[0-9A-Fa-f]{16,64}");

  /** The context of a request whose body, if it has one, is the signed data. */
  public RequestContext(@Nullable String method, @Nullable String path, @Nullable String nonce) {
    this(method, path, nonce, null);
  }

  /** Whether the context is complete and names this very request. */
  boolean binds(RequestLine line) {
    return line.method().equals(method)
        && line.target().equals(path)
        && nonce != null
        && NONCE.matcher(nonce).matches();
  }

  /** The digest that the body is said to have; empty when it is missing or out of form. */
  Optional<Sha256> content() {
    return Optional.ofNullable(contentSha256).flatMap(Sha256::parseHex);
  }
}
