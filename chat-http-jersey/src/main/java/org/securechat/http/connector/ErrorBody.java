package org.securechat.http.connector;

/**
 * What the connector says by itself, when a request doesn't reach the application. Called by any
 * thread, the selector's too: it must not block.
 */
@FunctionalInterface
public interface ErrorBody {

  /** The {@code application/problem+json} (RFC 9457) for a status from 400, in ASCII. */
  byte[] problemJson(int status);
}
