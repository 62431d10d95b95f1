package org.securechat.domain.credential;

import org.securechat.domain.identity.Sha256;

/**
 * A hash that only this server can compute (HMAC-SHA256 under a key of its own): the same for the
 * same text at all times and on all of its nodes, and unguessable for anybody else.
 *
 * <p>Implementations are safe for use by many threads and pass {@code KeyedHashContract} in
 * chat-testkit.
 */
public interface KeyedHash {

  /** The hash of a text. */
  Sha256 of(String text);
}
