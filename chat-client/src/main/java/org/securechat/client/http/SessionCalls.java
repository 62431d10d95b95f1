package org.securechat.client.http;

import java.io.InputStream;

/** Sends calls in a session, signed by its identity. Safe for use by many threads. */
public interface SessionCalls {

  /** Sends a call; throws a {@link org.securechat.client.failure.ChatException} if it fails. */
  Answer send(Call call);

  /**
   * Sends a call whose answer is a file.
   *
   * @param maxBytes the longest one that is read
   */
  InputStream download(Call call, long maxBytes);
}
